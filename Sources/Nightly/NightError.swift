import Atlas

/// What keeps a night from delivering. 夜批错误
public enum NightError: Error, Sendable, Equatable {
  case busy(pid: Int32, host: String, start: String)
  case cannotWrite(String, because: String)

  public var code: String {
    switch self {
    case .busy: "BL0560"
    case .cannotWrite: "BL0561"
    }
  }

  public var exitCode: Int32 {
    switch self {
    case .busy: 75
    case .cannotWrite: 73
    }
  }

  public var message: Phrase {
    switch self {
    case .busy(let pid, let host, let start):
      Phrase(
        zh: "另一个夜批正在运行（进程 \(pid)，主机 \(host)，\(start) 开始）：本次不做任何事，请等它完成。",
        en:
          "another night is running (process \(pid) on \(host), since \(start)): nothing was done; wait for it."
      )
    case .cannotWrite(let path, let because):
      Phrase(
        zh: "无法写入 \(path)（\(because)）：请检查权限和剩余空间；上一次完整的交付没有动。",
        en:
          "cannot write \(path) (\(because)): check rights and space; the last complete delivery was not touched."
      )
    }
  }
}
