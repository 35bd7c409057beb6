import Atlas
import Briefing
import Foundation

/// Prints papers into files. 印制
public struct Press: Sendable {
  public let tools: Tools

  public init(tools: Tools) { self.tools = tools }

  /// The paper as PDF: A4, and A3 landscape for a whole-sheet picture.
  public func pdf(_ document: Document, to path: String) throws(PressError) {
    let typst = try tools.require("typst", package: "typst", format: "PDF")
    guard tools.hasHanFont() else { throw .missingHanFont }
    let folder = try ScratchFolder()
    try prepare(document, in: folder)
    _ = try tools.run(
      typst, ["compile", folder.path + "/main.typ", folder.path + "/out.pdf"], in: folder.path)
    try place(folder.path + "/out.pdf", to: path)
  }

  /// One picture as a page of its own size: PDF or PNG, by the path's ending.
  public func picture(_ drawing: Drawing, to path: String) throws(PressError) {
    let isPNG = path.hasSuffix(".png")
    let typst = try tools.require("typst", package: "typst", format: isPNG ? "PNG" : "PDF")
    guard tools.hasHanFont() else { throw .missingHanFont }
    let folder = try ScratchFolder()
    try folder.write(drawing.svg(), "figure.svg")
    try folder.write(
      "#set document(date: none)\n#set page(width: auto, height: auto, margin: 0pt)\n"
        + "#image(\"figure.svg\")\n", "main.typ")
    let out = folder.path + (isPNG ? "/out.png" : "/out.pdf")
    let options = isPNG ? ["--format", "png", "--ppi", "220"] : []
    _ = try tools.run(
      typst, ["compile"] + options + [folder.path + "/main.typ", out], in: folder.path)
    try place(out, to: path)
  }

  /// The paper as DOCX in official form, for staff to rewrite.
  public func docx(_ document: Document, to path: String) throws(PressError) {
    let pandoc = try tools.require("pandoc", package: "pandoc", format: "DOCX")
    let folder = try ScratchFolder()
    var hasPictures = true
    do {
      try pictures(document.drawings, in: folder)
    } catch PressError.missingProgram {
      // Without typst the words still come out, with the captions where pictures would be.
      hasPictures = false
    }
    try folder.write(document.plainHTML(withPictures: hasPictures), "paper.html")
    try writeWhole(
      Data(ReferenceDocument(for: document).archive()), to: folder.path + "/reference.docx")
    _ = try tools.run(
      pandoc,
      [
        "--from", "html", "--to", "docx", "--reference-doc", "reference.docx", "--output",
        "out.docx", "paper.html",
      ], in: folder.path)
    try place(folder.path + "/out.docx", to: path)
  }

  /// All pictures of a paper as `figure1.png` and so on, in one run of the program.
  private func pictures(_ drawings: [Drawing], in folder: borrowing ScratchFolder)
    throws(PressError)
  {
    guard !drawings.isEmpty else { return }
    let typst = try tools.require("typst", package: "typst", format: "PNG")
    guard tools.hasHanFont() else { throw .missingHanFont }
    var pages: [String] = []
    for (number, drawing) in drawings.enumerated() {
      try folder.write(drawing.svg(), "figure\(number + 1).svg")
      pages.append("#image(\"figure\(number + 1).svg\")")
    }
    try folder.write(
      "#set page(width: auto, height: auto, margin: 0pt)\n"
        + pages.joined(separator: "\n#pagebreak()\n") + "\n", "pictures.typ")
    // One page is written under the plain name, several under the page's number.
    let out = folder.path + (drawings.count == 1 ? "/figure1.png" : "/figure{p}.png")
    _ = try tools.run(
      typst,
      ["compile", "--format", "png", "--ppi", "150", folder.path + "/pictures.typ", out],
      in: folder.path)
  }

  /// Template, data and pictures side by side; text enters as data, never as markup.
  private func prepare(_ document: Document, in folder: borrowing ScratchFolder)
    throws(PressError)
  {
    let template = tools.templates + "/paper.typ"
    guard let text = FileManager.default.contents(atPath: template) else {
      throw .missingTemplate(path: template)
    }
    try writeWhole(text, to: folder.path + "/main.typ")
    try folder.write(document.json { "figure\($0).svg" }.pretty, "document.json")
    for (number, drawing) in document.drawings.enumerated() {
      try folder.write(drawing.svg(), "figure\(number + 1).svg")
    }
  }
}
