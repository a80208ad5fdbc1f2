"""The texts on how an answer follows, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "trace.heading": "How it follows (forward chaining):",
    "trace.step": "{number}. {what} (from the data)",
    "trace.step.after": "{number}. {what} (from {after})",
    "trace.applies.held": "“{rule}” is for this person",
    "trace.applies.failed": "“{rule}” is not for this person",
    "trace.criterion": "{rule}, criterion “{criterion}”: {status}",
    "trace.warning": "{rule}, warning “{criterion}”: {status}",
    "trace.answer": "{rule}: {answer}",
    "trace.unfulfilled": "the duty is not fulfilled yet",
    "trace.weak": "{what} (for consideration, not founded in law)",
    "trace.open": "What the data leave open:",
    "trace.open.applies": "whether “{rule}” is for this person",
    "trace.open.answer": "{rule}: what it comes to",
    "trace.waived": "Waivers are not chained: this is what follows without them.",
    "trace.fulfilled_when": "{rule}: what fulfils it is {status}",
    "trace.warning.yes": "is due",
    "trace.warning.no": "is not due",
}
