"""Documentation/Messages.md: every code that the program prints, with its sentences in both languages.

Reads the Swift sources as text: a code is the literal "BLnnnn"; its sentences are the `zh:` and `en:` of
the call that it opens, or of the `case` that answers with it. A code without both is an error.
"""
import re

CODE = re.compile(r"BL\d{4}")
AREAS = [
    ("01", "Commands 命令"), ("02", "Files and ledger 文件与台账"), ("03", "Rows of a file 导入的行"),
    ("04", "Gaps, freight, labour, suppliers 缺口、物流、用工、配套"),
    ("05", "Questions, papers, the night 待问、文书、夜批"),
    ("06", "Scale, trust, first hour 规模、信任、起步"), ("07", "Models 模型"), ("08", "Printing 印制"),
    ("09", "Bugs 程序错误"),
]


# Codes whose sentence is that of the thing refused, word for word.
PASSED = {
    "BL0116": ("66", "两地之间走不通：原因（方式、货类、缺哪段）。", "there is no way between the places: why (modes, cargo, missing link)."),
    "BL0119": ("65", "算例文件有误：哪一行、哪里不对、应当怎样写。", "the instance file is wrong: which line, what, and how to write it."),
    "BL0180": ("65", "学习没有成功：原因和要补的标注。", "learning failed: why, and which labels are missing."),
    "BL0224": ("65", "配置或版式文件有误：文件、行号、哪里不对。", "a configuration or profile is wrong: file, line, what."),
    "BL0701": ("65", "模型文件夹读不全：哪个文件缺失或重复。", "the Models folder is incomplete: which file is missing or doubled."),
    "BL0702": ("65", "模型卡有误：文件、行号、哪个参数、应在什么范围。", "a card is wrong: file, line, which parameter, which range."),
    "BL0703": ("65", "已发布的模型卡被改动：哪一张；请另出新卡。", "a published card was edited: which one; publish a new card instead."),
}


class Source:
    """A Swift file with comments blanked and the extent of every string literal."""

    def __init__(self, text):
        self.text = text
        self.strings = []  # (start, end, literal text with … for what is filled in)
        self.code = list(text)
        at = 0
        while at < len(text):
            if text.startswith("//", at):
                end = text.find("\n", at)
                end = len(text) if end < 0 else end
                self._blank(at, end)
                at = end
            elif text.startswith("/*", at):
                end = text.find("*/", at) + 2
                self._blank(at, end)
                at = end
            elif text[at] == '"':
                end, literal = self._literal(at)
                self.strings.append((at, end, literal))
                self._blank(at, end)
                at = end
            else:
                at += 1
        self.code = "".join(self.code)

    def _blank(self, start, end):
        for index in range(start, end):
            if self.code[index] != "\n":
                self.code[index] = " "

    def _literal(self, at):
        text = self.text
        quote = '"""' if text.startswith('"""', at) else '"'
        index, said = at + len(quote), []
        while not text.startswith(quote, index):
            if text.startswith("\\(", index):
                depth, index = 1, index + 2
                while depth:
                    if text[index] == '"':
                        index, _ = self._literal(index)
                        continue
                    depth += {"(": 1, ")": -1}.get(text[index], 0)
                    index += 1
                said.append("…")
            elif text[index] == "\\":
                said.append({"n": " ", "t": " ", "\n": ""}.get(text[index + 1], text[index + 1]))
                index += 2
            else:
                said.append(text[index])
                index += 1
        return index + len(quote), re.sub(r"\s+", " ", "".join(said))

    def close(self, at):
        """The end of the innermost bracket around `at`."""
        depth = 0
        for index in range(at, len(self.code)):
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(self.code[index], 0)
            if depth < 0:
                return index
        return len(self.code)

    def sentence(self, label, start, end):
        """What stands behind the first `label:` between start and end."""
        match = re.compile(r"\b%s:" % label).search(self.code, start, end)
        if not match:
            return None
        depth, stop = 0, end
        for index in range(match.end(), end):
            character = self.code[index]
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(character, 0)
            if depth < 0 or (depth == 0 and character == ","):
                stop = index
                break
        pieces = [s for s in self.strings if match.end() <= s[0] < stop]
        between = self.code[match.end() : stop]
        return (" / " if "?" in between else "").join(piece[2] for piece in pieces).strip() or None


def spoken(sources):
    """Sentences by case name of the errors that say them as `chineseSentence` and `sentence`."""
    found = {}
    for source in sources:
        for variable, slot in (("chineseSentence", 0), ("sentence", 1)):
            begin = re.search(r"var %s: String \{" % variable, source.code)
            if not begin:
                continue
            end = source.close(begin.end())
            cases = list(re.finditer(r"case \.(\w+)", source.code[begin.end() : end]))
            for index, case in enumerate(cases):
                start = begin.end() + case.end()
                stop = begin.end() + cases[index + 1].start() if index + 1 < len(cases) else end
                text = "".join(piece[2] for piece in source.strings if start <= piece[0] < stop)
                found.setdefault(case[1], ["", ""])[slot] = text
    return found


def find(root):
    """Code, exit code, zh, en and file of every code; problems as sentences."""
    found, problems = dict(), []
    paths = sorted((root / "Sources").rglob("*.swift"))
    sources = {path: Source(path.read_text(encoding="utf-8")) for path in paths}
    sentences = spoken(sources.values())
    for path, source in sources.items():
        name = str(path.relative_to(root))
        for start, end, literal in source.strings:
            if not CODE.match(literal):
                continue
            if source.code[:start].rstrip().endswith("=="):
                continue
            code = literal[:6]
            if code in PASSED:
                found[code] = (*PASSED[code], name)
                continue
            line = source.text.count("\n", 0, start) + 1
            if code != literal:
                problems.append(f"{name}:{line}: {code} is printed without a sentence in both languages")
                continue
            stop = source.close(end)
            zh, en = (source.sentence(label, end, stop) for label in ("zh", "en"))
            status = re.search(r"exit:\s*(\d+)|^\s*,\s*(\d+)\s*,", source.code[end:stop])
            if not (zh and en):
                case = re.search(r"case \.(\w+)[^\n]*$", source.code[:start].rsplit("\n", 1)[-1]) or (
                    re.search(r"case \.(\w+)[^\n]*\n\s*(?:return\s*)?$", source.code[:start])
                )
                named = re.findall(r"\.(\w+)", source.code[:start].rsplit("case ", 1)[-1])
                said = [sentences[word] for word in named if word in sentences]
                if said and not (zh and en):
                    zh, en = (" / ".join(item[slot] for item in said) for slot in (0, 1))
                for other in [] if zh and en else re.finditer(
                    r"case [^\n]*\.%s\b" % (case[1] if case else "-"), source.code
                ):
                    after = re.compile(r"\n\s*(case |default)").search(source.code, other.end())
                    until = after.start() if after else len(source.code)
                    zh, en = (source.sentence(label, other.end(), until) for label in ("zh", "en"))
                    if zh and en:
                        break
            if not (zh and en):
                # A code that is only compared or passed on has its sentence elsewhere.
                found.setdefault(code, None)
                continue
            entry = (status and (status[1] or status[2]) or "", zh, en, name)
            if found.get(code) and found[code][1] != zh:
                problems.append(f"{name}:{line}: {code} has another meaning in {found[code][3]}")
                continue
            found[code] = entry
    problems += [f"{code} has no sentence in both languages" for code in sorted(found) if not found[code]]
    return found, problems


def page(root, note):
    found, problems = find(root)
    yield "# Messages 提示与错误"
    yield ""
    yield note
    yield ""
    yield (
        "Every message begins with its code: what happened, where, and what to do about it. `…` stands for what"
        " the program fills in. 每条提示都带编号：出了什么事、在哪里、怎么办；`…` 处由程序填写。"
    )
    for prefix, title in AREAS:
        codes = [code for code in sorted(found) if code.startswith("BL" + prefix) and found[code]]
        if not codes:
            continue
        yield ""
        yield f"## {title}"
        yield ""
        yield "| code | exit | 中文 | English |"
        yield "|---|---|---|---|"
        for code in codes:
            status, zh, en, _ = found[code]
            cells = [code, status, zh, en]
            yield "| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells) + " |"
    if problems:
        raise SystemExit("\n".join(problems))
