"""Documentation/Commands.md and Documentation/Schema.md: what the built program says of itself."""
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile


def binary(root):
    """The built program, or nothing: these pages are left alone where nothing is built."""
    path = pathlib.Path(os.environ.get("BULIAN_BINARY", root / ".build/release/bulian"))
    return path if path.is_file() else None


def run(root, *words, language="zh-Hans"):
    environment = dict(os.environ, BULIAN_LANGUAGE=language, BULIAN_MODELS=str(root / "Models"))
    done = subprocess.run(
        [binary(root), *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bulian {' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def cell(text):
    return " ".join((text or "").split()).replace("|", "\\|").replace("<", "&lt;")


def spelled(argument):
    """`-o, --output <output>` or `<firm>`, as the help prints it."""
    if argument["kind"] == "positional":
        dots = "…" if argument.get("isRepeating") else ""
        return f"`<{argument['valueName']}>{dots}`"
    names = [("-" if name["kind"] == "short" else "--") + name["name"] for name in argument["names"]]
    value = f" <{argument['valueName']}>" if argument["kind"] == "option" else ""
    return f"`{', '.join(names)}{value}`"


def leaves(command, path=()):
    here = (*path, command["commandName"])
    below = [sub for sub in command.get("subcommands", []) if sub["commandName"] != "help"]
    if not below:
        yield here, command
    for sub in below:
        yield from leaves(sub, here)


def commands(root, note):
    chinese, english = (
        dict(leaves(json.loads(run(root, "--experimental-dump-help", language=language))["command"]))
        for language in ("zh-Hans", "en")
    )
    yield "# Commands 命令"
    yield ""
    yield note
    for path, command in chinese.items():
        other = english[path]
        yield ""
        yield f"## {' '.join(path)}"
        yield ""
        yield cell(command.get("abstract"))
        if other.get("abstract") != command.get("abstract"):
            yield ""
            yield cell(other.get("abstract"))
        if command.get("discussion"):
            yield ""
            yield "```"
            yield command["discussion"].strip()
            yield "```"
        shown = [
            (argument, twin)
            for argument, twin in zip(command.get("arguments", []), other.get("arguments", []))
            if argument.get("shouldDisplay", True) and argument.get("valueName") not in ("help", "version")
        ]
        if shown:
            yield ""
            yield "| argument | 中文 | English | default |"
            yield "|---|---|---|---|"
            for argument, twin in shown:
                words = [spelled(argument), argument.get("abstract"), twin.get("abstract")]
                words.append(argument.get("defaultValue"))
                yield "| " + " | ".join(cell(word) if index else word for index, word in enumerate(words)) + " |"


def schema(root, note):
    with tempfile.TemporaryDirectory() as folder:
        run(root, "init", folder + "/empty")
        database = sqlite3.connect(folder + "/empty/bulian.sqlite")
        version = database.execute("PRAGMA user_version").fetchone()[0]
        tables = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        triggers = database.execute(
            "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
        yield "# Schema 表结构"
        yield ""
        yield note
        yield ""
        yield (
            f"Version {version}. Facts are whole-row versions: `knownOn` is when the office could know it, `validOn` what day it"
            " speaks of, `batchId` and `line` lead back to the row of the file. 事实按整行存版本，从每一行都能走回来源文件的那一行。"
        )
        for name, sql in tables:
            yield ""
            yield f"## {name}"
            yield ""
            yield "| column | type | | refers to |"
            yield "|---|---|---|---|"
            keys = {
                row[3]: f"{row[2]}.{row[4] or 'id'}"
                for row in database.execute(f'PRAGMA foreign_key_list("{name}")')
            }
            for _, column, kind, required, _, key in database.execute(f'PRAGMA table_info("{name}")'):
                marks = "key" if key else "required" if required else ""
                yield f"| `{column}` | {kind} | {marks} | {keys.get(column, '')} |"
            kept = [trigger for table, trigger in triggers if table == name]
            if kept:
                yield ""
                yield "Guarded by " + ", ".join(f"`{trigger}`" for trigger in kept) + "."
            checks = re.findall(r"CHECK \(((?:[^()]|\([^()]*\))*)\)", sql)
            if checks:
                yield ""
                yield "Checks: " + "; ".join(f"`{' '.join(check.split())}`" for check in checks) + "."
        database.close()
