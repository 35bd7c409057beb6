import Foundation
import Testing

extension EndToEnd {
  /// Every file that is written is opened again by another reader, and its figures are those of the ledger.
  @Suite("Files read back by a second reader")
  struct ReadBackTests {
    private static func tool(_ name: String) -> String? {
      let places = ["/usr/bin/", "/usr/local/bin/", "/bin/"]
      return places.map { $0 + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func has(_ names: String...) -> Bool { names.allSatisfy { tool($0) != nil } }

    private func read(_ program: String, _ words: String...) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(Self.tool(program)))
      process.arguments = words
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self)
    }

    /// Numbers as printed, with how often each occurs.
    private func numbers(_ text: String) -> [String: Int] {
      var counts: [String: Int] = [:]
      for match in text.matches(of: /\d+(?:,\d{3})*(?:\.\d+)?/) {
        counts[String(match.output), default: 0] += 1
      }
      return counts
    }

    @Test(
      "every number of a brief stands in its PDF and its DOCX as often as in the paper",
      .enabled(if: has("pdftotext", "pandoc"), "pdftotext or pandoc is not installed"),
      arguments: [Article.board, Article.shoe], ["zh-Hans", "en"])
    func briefs(firm: String, language: String) throws {
      let folder = try Folder()
      let answer = try Program.run(
        "brief", firm, "-w", try Sample.require().path, "--for", "office", "--language", language,
        "--formats", "json,pdf,docx", "-o", folder.url.path)
      guard answer.code != 69 else { return }  // No typst: its own test says so.
      #expect(answer.code == 0, "\(answer.said)")
      let files = listFiles(folder.url)
      func file(_ ending: String) throws -> URL {
        try #require(files.first { $0.pathExtension == ending })
      }
      let paper = try JSON(Data(contentsOf: file("json")))
      var words: [String] = []
      collect(paper["blocks"], into: &words)
      let printed = numbers(words.joined(separator: "\n"))
      #expect(printed.count > 150)
      let pdf = numbers(try read("pdftotext", "-layout", try file("pdf").path, "-"))
      let docx = numbers(
        try read("pandoc", "-t", "plain", "--columns", "10000", try file("docx").path))
      for (name, found) in [("PDF", pdf), ("DOCX", docx)] {
        let lost = printed.filter { found[$0.key, default: 0] < $0.value }
        #expect(lost.isEmpty, "\(name) lacks \(lost.sorted { $0.key < $1.key }.prefix(12))")
      }
    }

    /// The texts that a reader sees; captions count, file names and descriptions of pictures do not.
    private func collect(_ value: JSON, into words: inout [String]) {
      switch value {
      case .string(let text): words.append(text)
      case .array(let items): for item in items { collect(item, into: &words) }
      case .object(let members):
        for (key, member) in members.sorted(by: { $0.key < $1.key })
        where !["file", "description", "type", "id"].contains(key) {
          collect(member, into: &words)
        }
      default: break
      }
    }

    @Test(
      "the list's sheet, its CSV and its JSON hold the same figures, row by row",
      .enabled(if: has("xlsx2csv"), "xlsx2csv is not installed"), arguments: ["pcb", "shoes"])
    func lists(chain: String) throws {
      let folder = try Folder()
      let path = try Sample.require().path
      for ending in ["xlsx", "csv"] {
        let answer = try Program.run(
          "shortlist", "--chain", chain, "-w", path, "-o", folder.path("list.\(ending)"))
        #expect(answer.code == 0, "\(answer.said)")
      }
      let json = try (chain == "pcb" ? Sample.require().electronics : Sample.require().shoes).json()
      let entries = json["entries"].items
      let sheet = rows(try read("xlsx2csv", "-n", "名单", folder.path("list.xlsx")))
      let csv = rows(
        try String(contentsOf: folder.url.appending(path: "list.csv"), encoding: .utf8))
      for (name, table) in [("sheet", sheet), ("CSV", csv)] {
        let top = try #require(
          table.firstIndex { $0.contains { $0.hasPrefix("名次") } }, "\(name) has no header")
        let header = table[top]
        func column(_ title: String) throws -> Int {
          try #require(header.firstIndex { $0.hasPrefix(title) }, "\(name) lacks \(title)")
        }
        let rank = try column("名次")
        let body = table[(top + 1)...].filter { Double($0[rank]) != nil }
        #expect(body.count == entries.count, "\(name)")
        for (row, entry) in zip(body, entries) {
          #expect(row[try column("企业")] == entry["firm"]["name"].text)
          for (title, value, tolerance) in [
            ("期望值", entry["expectedValue"], 0.51), ("链值", entry["worth"], 0.51),
            ("进料物流节省", entry["freight"]["inboundSaving"]["base"], 0.051),
            ("出货物流节省", entry["freight"]["outboundSaving"]["base"], 0.051),
            ("用工需要", entry["labour"]["needed"], 0.51),
            ("预计可招", entry["labour"]["available"], 0.51),
          ] {
            let index =
              title.hasSuffix("节省")
              ? try #require(header.firstIndex { $0.hasPrefix(title) && $0.contains("基准") })
              : try column(title)
            let cell = row[index].replacing(",", with: "")
            guard let value = value.number else {
              #expect(Double(cell) == nil, "\(name) \(title): \(cell) for an unknown")
              continue
            }
            let read = try #require(Double(cell), "\(name) \(title): “\(cell)”")
            #expect(abs(read - value) <= tolerance, "\(name) \(title): \(read) for \(value)")
          }
        }
      }
    }

    /// Fields of comma-separated values.
    private func rows(_ text: String) -> [[String]] {
      var rows: [[String]] = []
      var row: [String] = []
      var field = ""
      var quoted = false
      var previous: Unicode.Scalar?
      for scalar in text.unicodeScalars where scalar != "\u{FEFF}" {
        if quoted {
          if scalar == "\"" { quoted = false } else { field.unicodeScalars.append(scalar) }
        } else if scalar == "\"" {
          if previous == "\"" { field.append("\"") }
          quoted = true
        } else if scalar == "," {
          row.append(field)
          field = ""
        } else if scalar == "\n" {
          rows.append(row + [field])
          row = []
          field = ""
        } else if scalar != "\r" {
          field.unicodeScalars.append(scalar)
        }
        previous = scalar
      }
      return rows
    }

    @Test("a fact of each class is found only where its reader may see it, in every format")
    func canaries() throws {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      func plant(_ name: String, _ disclosure: String) throws {
        let file = try folder.file(
          "工厂-\(name).csv", "企业,地点,产品,人数\n\(Article.board),广东省广州市,\(name),77\n")
        let answer = try Program.run(
          "import", "plants", file, "--disclosure", disclosure, "-w", path)
        #expect(answer.code == 0, "\(answer.said)")
      }
      // Facts of the firm itself: public, the office's own, and told in confidence.
      try plant("金丝雀公开件", "public")
      try plant("金丝雀内部件", "office")
      try plant("金丝雀保密件", "confidential")
      // What another firm told in confidence: that it makes laminate next door.
      let firms = try folder.file(
        "企业.csv", "企业名称,所在地,主营产品,营业收入（万元）\n金丝雀覆铜板有限公司,500153,覆铜板,66000\n")
      #expect(
        try Program.run("import", "firms", firms, "--disclosure", "confidential", "-w", path).code
          == 0)
      #expect(try Program.run("link", "-w", path).code == 0)
      #expect(try Program.run("rank", "-w", path).code == 0)
      let seen: [(reader: String, language: String, words: Set<String>)] = [
        ("office", "zh-Hans", ["金丝雀公开件", "金丝雀内部件", "金丝雀保密件", "金丝雀覆铜板"]),
        ("firm", "zh-Hans", ["金丝雀公开件", "金丝雀保密件"]), ("firm", "en", ["金丝雀公开件"]),
      ]
      let all = ["金丝雀公开件", "金丝雀内部件", "金丝雀保密件", "金丝雀覆铜板"]
      for (reader, language, words) in seen {
        let out = folder.path("\(reader)-\(language)")
        let answer = try Program.run(
          "brief", Article.board, "--for", reader, "--language", language, "--formats",
          "html,json,pdf,docx", "-o", out, "-w", path)
        #expect(answer.code == 0 || answer.code == 69, "\(answer.said)")
        #expect(
          try Program.run(
            "panorama", "--chain", "pcb", "--firm", Article.board, "--for", reader, "--language",
            language, "-o", "\(out)/全景图.svg", "-w", path
          ).code == 0)
        for file in listFiles(URL(fileURLWithPath: out)) {
          let text: String
          switch file.pathExtension {
          case "pdf":
            guard Self.has("pdftotext") else { continue }
            text = try read("pdftotext", file.path, "-")
          case "docx":
            guard Self.has("pandoc") else { continue }
            text = try read("pandoc", "-t", "plain", file.path)
          default: text = try String(contentsOf: file, encoding: .utf8)
          }
          let plain = text.filter { !$0.isWhitespace }
          for word in all where plain.contains(word) {
            #expect(
              words.contains(word),
              "\(word) in the \(reader) edition, \(language), \(file.lastPathComponent)")
          }
          if file.pathExtension == "html" {
            for word in words where word.hasSuffix("件") {
              #expect(plain.contains(word), "\(word) is missing from \(reader) \(language)")
            }
          }
        }
      }
    }
  }
}
