"""An editor for tests: the real yaml-language-server over stdio, with a schema of ours."""

import json
import subprocess
from pathlib import Path

SERVER = Path(__file__).parents[2] / ".node" / "node_modules" / ".bin" / "yaml-language-server"


class Editor:
    """A session with the server: opens texts, and gives what is marked and what is offered."""

    def __init__(self, schema):
        self.process = subprocess.Popen([str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.schema, self.count = Path(schema).resolve().as_uri(), 0
        self.ask(
            "initialize", {"processId": None, "rootUri": None, "capabilities": {"workspace": {"configuration": True}}}
        )
        self.tell("initialized", {})

    def close(self):
        """End the session."""
        self.process.kill()
        self.process.communicate()

    def send(self, message):
        """Write a message to the server."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def read(self):
        """Return the next message; what the server asks of an editor is answered on the way."""
        while True:
            length = 0
            while line := self.process.stdout.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            message = json.loads(self.process.stdout.read(length))
            if message.get("method") == "workspace/configuration":
                yaml = {
                    "validate": True,
                    "completion": True,
                    "hover": True,
                    "schemas": {self.schema: "*.yaml"},
                    "schemaStore": {"enable": False},
                }
                found = [yaml if item.get("section") == "yaml" else {} for item in message["params"]["items"]]
                self.send({"id": message["id"], "result": found})
            elif "method" in message and "id" in message:
                self.send({"id": message["id"], "result": None})
            else:
                return message

    def ask(self, method, params):
        """Ask something, and return the answer."""
        self.count += 1
        self.send({"id": self.count, "method": method, "params": params})
        while True:
            message = self.read()
            if message.get("id") == self.count:
                return message["result"]

    def tell(self, method, params):
        """Tell the server something that it does not answer."""
        self.send({"method": method, "params": params})

    def open(self, name, text):
        """Open a text, and return what is marked in it: line and sentence, counted from 1."""
        uri = f"file:///policies/{name}"
        self.tell(
            "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}
        )
        while True:
            message = self.read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return [(one["range"]["start"]["line"] + 1, one["message"]) for one in message["params"]["diagnostics"]]

    def offered(self, name, text, line, column):
        """Return what is offered at a place of a text, counted from 1."""
        self.open(name, text)
        place = {
            "textDocument": {"uri": f"file:///policies/{name}"},
            "position": {"line": line - 1, "character": column - 1},
        }
        found = self.ask("textDocument/completion", place)
        return [item["label"] for item in (found["items"] if isinstance(found, dict) else found or [])]
