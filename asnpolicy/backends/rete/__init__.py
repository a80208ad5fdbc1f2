"""The rete back end: forward chaining over paired facts, holds and fails, with durable-rules behind one narrow adapter."""

from asnpolicy.backends.rete.rules import Firing as Firing
from asnpolicy.backends.rete.rules import Firings as Firings
from asnpolicy.backends.rete.rules import Rete as Rete
