import Foundation
import Testing

extension EndToEnd {
  /// Nights on file systems of their own: a small one that fills up, one that cannot be written.
  @Suite("The night on a bad disk", .serialized, .enabled(if: Mount.isAllowed, Mount.absent))
  struct NightDiskTests {
    private func workspace() throws -> (folder: Folder, path: String) {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      let file = URL(fileURLWithPath: path + "/bulian.yaml")
      let text = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .map { $0.hasPrefix("formats:") ? "formats: [\"html\"]" : String($0) }
      try text.joined(separator: "\n").appending("\n").write(
        to: file, atomically: true, encoding: .utf8)
      try FileManager.default.createDirectory(
        atPath: path + "/inbox", withIntermediateDirectories: true)
      try "企业名称,所在地,主营产品\n夜批示例铜箔有限公司,广东省惠州市,电子铜箔\n".write(
        toFile: path + "/inbox/企业.csv", atomically: true, encoding: .utf8)
      return (folder, path)
    }

    /// Digests of the delivered papers as the manifest has them, spreadsheets left out: they carry the hour.
    private func papers(_ manifest: String) throws -> [String] {
      try JSON(Data(contentsOf: URL(fileURLWithPath: manifest)))["papers"].items.map {
        "\($0["path"].text ?? "") \($0["sha256"].text ?? "")"
      }.filter { !$0.contains(".xlsx ") }.sorted()
    }

    @Test("on a disk of any size nothing is lost, and with more room the night completes")
    func smallDisk() throws {
      let (folder, path) = try workspace()
      let calm = try workspace()
      #expect(
        try Program.run("nightly", "-w", calm.path, "--settle", "0").code == 0)
      let wanted = try papers(calm.path + "/outbox/latest/manifest.json")
      let size = try Mount.kilobytes(path)
      var failures: Set<String> = []
      var succeeded = false
      for room in [200, 700, 1200, 2000, 3000, 4500, 40_000] {
        let mount = folder.path("disk-\(room)")
        let kept = folder.path("manifest-\(room).json")
        try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
        let answer = try Mount.run(
          """
          mount -t tmpfs -o size=\(size + room)k tmpfs \(mount) && cp -r \(path) \(mount)/w || exit 99
          "$BULIAN" nightly -w \(mount)/w --settle 0 > \(mount)/../said 2>&1; echo "first $?"
          sed -n 's/.*\\(BL0[0-9]*\\).*/code \\1/p' \(mount)/../said | head -1
          test -e \(mount)/w/outbox/latest && echo delivered
          mount -o remount,size=200m \(mount)
          "$BULIAN" doctor -w \(mount)/w > \(mount)/../said 2>&1 && echo sound
          "$BULIAN" nightly -w \(mount)/w --settle 0 > \(mount)/../said 2>&1; echo "second $?"
          ls -A \(mount)/w/outbox | grep -c partial
          cp \(mount)/w/outbox/latest/manifest.json \(kept)
          """)
        #expect(answer.contains("sound") && answer.contains("second 0"), "\(room): \(answer)")
        #expect(answer.last == "0", "\(room): something half is left: \(answer)")
        #expect(try papers(kept) == wanted, "\(room) kB of room")
        if answer.contains("first 0") {
          succeeded = true
        } else {
          #expect(answer.contains("first 73"), "\(room): \(answer)")
          #expect(!answer.contains("delivered"), "\(room): \(answer)")
          failures.formUnion(answer.filter { $0.hasPrefix("code") })
        }
      }
      #expect(succeeded && !failures.isEmpty)
    }

    @Test(
      "an outbox that cannot be written keeps its delivery, says so, and is filled the next night")
    func readOnlyOutbox() throws {
      let (folder, path) = try workspace()
      #expect(try Program.run("nightly", "-w", path, "--settle", "0").code == 0)
      let before = try papers(path + "/outbox/latest/manifest.json")
      #expect(
        try Program.run(
          "override", Article.board, "--rank", "2", "--because", "试", "--by", "A", "-w", path
        ).code == 0)
      let said = folder.path("said")
      let answer = try Mount.run(
        """
        mount --bind \(path)/outbox \(path)/outbox && mount -o remount,ro,bind \(path)/outbox || exit 99
        "$BULIAN" nightly -w \(path) --settle 0 > \(said) 2>&1; echo "first $?"
        """)
      #expect(answer == ["first 73"], "\(answer)")
      #expect(try String(contentsOfFile: said, encoding: .utf8).contains("outbox"))
      #expect(try papers(path + "/outbox/latest/manifest.json") == before)
      #expect(try Program.run("nightly", "-w", path, "--settle", "0").code == 0)
      #expect(try papers(path + "/outbox/latest/manifest.json") != before)
    }
  }
}

/// File systems of a test's own, in a mount namespace that ends with it.
private enum Mount {
  static let absent: Comment =
    "mounting is not allowed here: run as root, with unshare of util-linux"

  static let isAllowed: Bool = {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "bulian-mount-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let answer = try? run("mount -t tmpfs -o size=64k tmpfs \(folder.path) && echo mounted")
    return answer == ["mounted"]
  }()

  /// Runs a script in a mount namespace of its own.
  /// - Returns: the lines that it printed.
  static func run(_ script: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["unshare", "-m", "sh", "-c", script]
    process.environment = [
      "PATH": "/usr/sbin:/sbin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"),
      "BULIAN": Program.binary?.path ?? "", "BULIAN_MODELS": Program.models.path,
      "LANG": "C.UTF-8", "BULIAN_TODAY": "2026-11-25",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  static func kilobytes(_ path: String) throws -> Int {
    let files = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
    return try files.reduce(0) { sum, file in
      let size =
        try FileManager.default.attributesOfItem(atPath: path + "/" + file)[.size] as? Int ?? 0
      // A page at least, and a folder takes one.
      return sum + (size / 4096 + 1) * 4
    }
  }
}
