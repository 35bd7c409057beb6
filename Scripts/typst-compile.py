"""`typst compile [--root R] [--font-path F]... [--input k=v]... [--format F] [--ppi N] IN OUT` by the
compiler that the Python wheel carries; `typst batch LIST` compiles every line `FORMAT PPI IN OUT` (tabs between)
of a file and prints `NUMBER MESSAGE` for each that failed."""
import glob
import os
import sys

import typst

arguments = sys.argv[1:]
if arguments[:1] == ["--version"]:
    beside = os.path.dirname(os.path.dirname(typst.__file__))
    found = glob.glob(beside + "/typst-*.dist-info")
    print("typst", *(os.path.basename(path)[6:-10] for path in found))
    sys.exit(0)
if arguments[:1] == ["batch"]:
    failed = False
    # The fonts are looked for once, not once a page.
    fonts = typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=True,
        font_paths=[path for path in os.environ.get("TYPST_FONT_PATHS", "").split(":") if path])
    with open(arguments[1], encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            form, ppi, source, output = line.rstrip("\n").split("\t")
            options = {"format": "png", "ppi": float(ppi)} if form == "png" else {}
            try:
                typst.compile(source, output=output, font_paths=fonts, **options)
            except Exception as error:
                failed = True
                print(number, " ".join(str(error).split()))
    sys.exit(1 if failed else 0)
if arguments[:1] != ["compile"]:
    sys.exit("typst: only compile is provided")
options, paths, inputs = {}, [], {}
# The variable that the typst program itself reads.
fonts = [path for path in os.environ.get("TYPST_FONT_PATHS", "").split(":") if path]
rest = iter(arguments[1:])
for word in rest:
    if word == "--root": options["root"] = next(rest)
    elif word == "--font-path": fonts.append(next(rest))
    elif word == "--format": options["format"] = next(rest)
    elif word == "--ppi": options["ppi"] = float(next(rest))
    elif word == "--input":
        key, _, value = next(rest).partition("=")
        inputs[key] = value
    elif word.startswith("--"): sys.exit("typst: unknown option " + word)
    else: paths.append(word)
if len(paths) != 2: sys.exit("typst: usage: typst compile IN OUT")
try:
    typst.compile(paths[0], output=paths[1], font_paths=fonts, sys_inputs=inputs, **options)
except Exception as error:
    sys.exit("typst: " + str(error))
