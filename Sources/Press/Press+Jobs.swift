public import Briefing
import Foundation
import Synchronization

/// One file that another program has to print. 待印件
public struct PrintJob: Sendable {
  public enum Content: Sendable {
    /// A4, and A3 landscape for a whole-sheet picture.
    case pdf(Document)
    case docx(Document)
    /// A page of its own size: PDF or PNG, by the path's ending.
    case picture(Drawing)
  }
  public let content: Content
  public let path: String

  public init(_ content: Content, to path: String) {
    self.content = content
    self.path = path
  }
}

extension Press {
  /// Prints files on all cores: first everything that typst has to set, with one start of the program
  /// per core where its folder also has `typst-batch`, then everything that pandoc has to write.
  ///
  /// - Returns: one error a job, nil for a file that was written whole; a failed job leaves the
  ///   others alone.
  public func print(_ jobs: [PrintJob]) throws(PressError) -> [PressError?] {
    let folder = try ScratchFolder()
    let path = folder.path
    var errors = [PressError?](repeating: nil, count: jobs.count)
    var pages: [TypesetPage] = []
    let prepared = map(jobs.count) { number throws(PressError) in
      try prepare(jobs[number], number: number, in: "\(path)/\(number)")
    }
    for (number, result) in prepared.enumerated() {
      switch result {
      case .success(let needed): pages += needed
      case .failure(let error): errors[number] = error
      }
    }
    for (page, error) in zip(pages, typeset(pages, in: path)) where errors[page.job] == nil {
      errors[page.job] = error
    }
    let open = jobs.indices.filter { errors[$0] == nil }
    let finished = each(open.count) { index throws(PressError) in
      try finish(jobs[open[index]], in: "\(path)/\(open[index])")
    }
    for (number, error) in zip(open, finished) { errors[number] = error }
    return errors
  }

  /// Writes what the programs read; returns the pages that typst has to set.
  private func prepare(
    _ job: PrintJob, number: Int, in folder: String
  ) throws(PressError) -> [TypesetPage] {
    func page(_ source: String, _ out: String, ppi: Int? = nil) -> TypesetPage {
      TypesetPage(
        job: number, folder: folder, source: "\(folder)/\(source)", out: "\(folder)/\(out)",
        ppi: ppi)
    }
    switch job.content {
    case .pdf(let document):
      try requireTypst(for: "PDF")
      let template = tools.templates + "/paper.typ"
      guard let text = FileManager.default.contents(atPath: template) else {
        throw .missingTemplate(path: template)
      }
      // Text enters as data, never as markup.
      try writeWhole(text, to: folder + "/main.typ")
      try writeText(document.json { "figure\($0).svg" }.pretty, to: folder + "/document.json")
      try write(document.drawings, in: folder)
      return [page("main.typ", "out.pdf")]
    case .picture(let drawing):
      let isPNG = job.path.hasSuffix(".png")
      try requireTypst(for: isPNG ? "PNG" : "PDF")
      try writeText(drawing.svg(), to: folder + "/figure1.svg")
      try writeText(
        "#set document(date: none)\n#set page(width: auto, height: auto, margin: 0pt)\n"
          + "#image(\"figure1.svg\")\n", to: folder + "/main.typ")
      return [
        isPNG ? page("main.typ", "out.png", ppi: 220) : page("main.typ", "out.pdf")
      ]
    case .docx(let document):
      _ = try tools.require("pandoc", package: "pandoc", format: "DOCX")
      // An office that keeps a reference document beside its template has its own letterhead.
      let own = FileManager.default.contents(atPath: tools.templates + "/reference.docx")
      try writeWhole(
        own ?? Data(ReferenceDocument(for: document).archive()), to: folder + "/reference.docx")
      let drawings = document.drawings
      // Without typst the words still come out, with the captions where pictures would be.
      let hasPictures = tools.find("typst") != nil
      try writeText(document.plainHTML(withPictures: hasPictures), to: folder + "/paper.html")
      guard hasPictures, !drawings.isEmpty else { return [] }
      try requireTypst(for: "PNG")
      try write(drawings, in: folder)
      let images = (1...drawings.count).map { "#image(\"figure\($0).svg\")" }
      try writeText(
        "#set page(width: auto, height: auto, margin: 0pt)\n"
          + images.joined(separator: "\n#pagebreak()\n") + "\n", to: folder + "/pictures.typ")
      // One page is written under the plain name, several under the page's number. A picture
      // stands 17 cm wide on the page: an A3 sheet at 110 dots an inch is 270 there.
      return [
        page("pictures.typ", drawings.count == 1 ? "figure1.png" : "figure{p}.png", ppi: 110)
      ]
    }
  }

  private func requireTypst(for format: String) throws(PressError) {
    _ = try tools.require("typst", package: "typst", format: format)
    guard tools.hasHanFont() else { throw .missingHanFont }
  }

  private func write(_ drawings: [Drawing], in folder: String) throws(PressError) {
    for (number, drawing) in drawings.enumerated() {
      try writeText(drawing.svg(), to: "\(folder)/figure\(number + 1).svg")
    }
  }

  /// Moves what typst made to its place, or lets pandoc write the paper.
  private func finish(_ job: PrintJob, in folder: String) throws(PressError) {
    switch job.content {
    case .pdf: try place(folder + "/out.pdf", to: job.path)
    case .picture:
      try place(folder + (job.path.hasSuffix(".png") ? "/out.png" : "/out.pdf"), to: job.path)
    case .docx:
      let pandoc = try tools.require("pandoc", package: "pandoc", format: "DOCX")
      _ = try tools.run(
        pandoc,
        [
          "--from", "html", "--to", "docx", "--reference-doc", "reference.docx", "--output",
          "out.docx", "paper.html",
        ], in: folder)
      try place(folder + "/out.docx", to: job.path)
    }
  }

  /// Sets pages; one error a page.
  private func typeset(_ pages: [TypesetPage], in folder: String) -> [PressError?] {
    guard let typst = tools.find("typst"), !pages.isEmpty else {
      return pages.map { _ in nil }
    }
    // An office's own typst program has no batch beside it: then every page starts it anew.
    let batch = URL(fileURLWithPath: typst).deletingLastPathComponent().path + "/typst-batch"
    guard pages.count > 1, FileManager.default.isExecutableFile(atPath: batch) else {
      return each(pages.count) { index throws(PressError) in try set(pages[index], typst) }
    }
    let cores = max(1, min(ProcessInfo.processInfo.activeProcessorCount, pages.count))
    // Dealt out in turn, so that the large sheets are spread.
    let shares = (0..<cores).map { core in
      pages.indices.filter { $0 % cores == core }
    }
    let failed = Mutex<Set<Int>>([])
    _ = each(cores) { core throws(PressError) in
      let list = "\(folder)/list\(core)"
      let lines = shares[core].map { index in
        let page = pages[index]
        return "\(page.ppi == nil ? "pdf" : "png")\t\(page.ppi ?? 0)\t\(page.source)\t\(page.out)"
      }
      try writeText(lines.joined(separator: "\n") + "\n", to: list)
      do throws(PressError) {
        _ = try tools.run(batch, [list], in: folder)
      } catch {
        failed.withLock { $0.formUnion(shares[core]) }
      }
    }
    // What a batch could not do is tried alone, so that its error is its own.
    let again = failed.withLock { $0.sorted() }
    var errors = [PressError?](repeating: nil, count: pages.count)
    let second = each(again.count) { index throws(PressError) in
      try set(pages[again[index]], typst)
    }
    for (page, error) in zip(again, second) { errors[page] = error }
    return errors
  }

  private func set(_ page: TypesetPage, _ typst: String) throws(PressError) {
    let options = page.ppi.map { ["--format", "png", "--ppi", "\($0)"] } ?? []
    _ = try tools.run(typst, ["compile"] + options + [page.source, page.out], in: page.folder)
  }

  /// Runs steps on all cores and keeps their errors in order.
  private func each(
    _ count: Int, _ step: @Sendable (Int) throws(PressError) -> Void
  ) -> [PressError?] {
    map(count, step).map { result in
      if case .failure(let error) = result { error } else { nil }
    }
  }

  /// Runs steps on all cores and keeps what they return in order.
  private func map<Value: Sendable>(
    _ count: Int, _ step: @Sendable (Int) throws(PressError) -> Value
  ) -> [Result<Value, PressError>] {
    let results = Mutex<[Int: Result<Value, PressError>]>([:])
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result: Result<Value, PressError>
      do throws(PressError) {
        result = .success(try step(index))
      } catch {
        result = .failure(error)
      }
      results.withLock { $0[index] = result }
    }
    return results.withLock { found in (0..<count).compactMap { found[$0] } }
  }
}

/// A page that typst sets.
private struct TypesetPage {
  let job: Int
  let folder: String
  let source: String
  let out: String
  /// Dots an inch of a PNG; nil for PDF.
  let ppi: Int?
}

private func writeText(_ text: String, to path: String) throws(PressError) {
  try writeWhole(Data(text.utf8), to: path)
}
