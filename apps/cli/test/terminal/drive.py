"""Runs a command on a terminal of its own and types answers; prints what was shown and the exit code as JSON.

Input: one JSON object on standard input: {"argv": [...], "cwd": "...", "env": {...}, "answers": [[seen, typed], ...],
"columns": 80}; columns may be left out.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

LIMIT = 600  # seconds: ends only what would never end

job = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    os.chdir(job["cwd"])
    os.execvpe(job["argv"][0], job["argv"], {**os.environ, **job["env"]})
if "columns" in job:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, job["columns"], 0, 0))
shown = b""
seen = 0
answers = list(job["answers"])
end = time.monotonic() + LIMIT
while time.monotonic() < end:
    ready, _, _ = select.select([terminal], [], [], 0.05)
    if ready:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    if answers:
        at = shown.find(answers[0][0].encode(), seen)
        if at >= 0:
            seen = at + len(answers[0][0].encode())
            os.write(terminal, answers.pop(0)[1].encode())
else:
    os.kill(pid, 9)
_, status = os.waitpid(pid, 0)
print(json.dumps({"shown": shown.decode("utf-8", "replace"), "code": os.waitstatus_to_exitcode(status)}))
