import Atlas
import Glibc

/// Fictional firms with the skew of a nation's: few segments, places and firms hold most. 名册生成
///
/// Six firms in ten make something of the shipped chains, their segment by Zipf's law with exponent
/// 0.8; counties weigh as the square of a lognormal draw, and a segment gathers at a few of them;
/// heads are lognormal with median 12; one firm in five hides its revenue, one in ten its heads;
/// one in twelve has left the register. Names, codes and figures are drawn, none is taken from data.
struct RegistryGenerator {
  static let header =
    "企业名称,统一社会信用代码,区划代码,员工人数,营业收入,注册资本,成立日期,经营状态,行业,主营产品,经营范围\n"

  private struct Trade {
    let industry: [UInt8]
    let words: [[UInt8]]
    /// Rows of `towns` where the segment gathers.
    let hubs: [Int]
  }
  private struct Town {
    let code: [UInt8]
    let name: [UInt8]
  }
  private var generator: Generator
  private var towns: [Town] = []
  private var townWeight: [Double] = []
  private var trades: [Trade] = []
  private var tradeWeight: [Double] = []

  private static let given: [[UInt8]] = Array(
    "恒鑫瑞泰嘉禾永盛华宏远达科创铭辉凯旋金玉祥云东方锦程启航众诚博雅精工天元立信德润丰茂兴隆盈峰卓越"
  ).map { Array(String($0).utf8) }
  private static let otherTrades: [(String, [String])] = [
    ("餐饮业", ["餐饮服务", "食品销售"]), ("批发业", ["日用百货销售", "建筑材料销售"]),
    ("零售业", ["服装销售", "五金零售"]), ("软件和信息技术服务业", ["软件开发", "信息技术咨询"]),
    ("道路运输业", ["普通货运", "仓储服务"]), ("商务服务业", ["企业管理咨询", "会议服务"]),
    ("房屋建筑业", ["房屋建筑施工", "建筑劳务分包"]), ("农业", ["谷物种植", "蔬菜种植"]),
  ]

  init(chains: [ChainModel], places: [Places.Entry], seed: UInt64) {
    var generator = Generator(seed: seed)
    func cumulated(_ weights: [Double]) -> [Double] {
      var sum = 0.0
      return weights.map {
        sum += $0
        return sum
      }
    }
    let counties = places.filter { $0.level == .county && $0.position != nil }
    for county in counties {
      towns.append(Town(code: Array(county.code.utf8), name: Array(county.name.utf8)))
    }
    let weights = cumulated(counties.map { _ in exp(2 * generator.normal()) })
    townWeight = weights
    var tradesInOrder: [Trade] = []
    for segment in chains.flatMap(\.segments) {
      let words = segment.aliases + segment.keywords
      tradesInOrder.append(
        Trade(
          industry: Array((segment.industries.first ?? segment.name.zh).utf8),
          words: (words.isEmpty ? [segment.name.zh] : words).map { Array($0.utf8) },
          hubs: (0..<12).map { _ in
            RegistryGenerator.draw(from: weights, using: &generator)
          }))
    }
    // The weights go by Zipf's law, which segment gets which of them by the seed.
    trades = tradesInOrder.shuffled(using: &generator)
    tradeWeight = cumulated(trades.indices.map { pow(Double($0 + 1), -0.8) })
    self.generator = generator
  }

  private static func draw(from sums: [Double], using generator: inout Generator) -> Int {
    let wanted = generator.uniform() * (sums.last ?? 0)
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

  /// Appends one line; `row` is the firm's running number and part of its credit code.
  mutating func appendFirm(_ row: Int, to bytes: inout [UInt8]) {
    let isOnChain = generator.uniform() < 0.6
    let trade = isOnChain ? Self.draw(from: tradeWeight, using: &generator) : 0
    let other = Self.otherTrades[below(Self.otherTrades.count)]
    let town =
      isOnChain && generator.uniform() < 0.7
      ? trades[trade].hubs[below(below(12) + 1)]
      : Self.draw(from: townWeight, using: &generator)
    let words: [[UInt8]]
    if isOnChain {
      let known = trades[trade].words
      let count = 1 + below(3)
      let first = below(known.count)
      words = (0..<min(count, known.count)).map { known[(first + $0) % known.count] }
    } else {
      words = other.1.map { Array($0.utf8) }
    }
    bytes += towns[town].name
    for _ in 0..<3 { bytes += Self.given[below(Self.given.count)] }
    bytes += words[0]
    bytes += "有限公司,".utf8
    appendCreditCode(row, town: towns[town].code, to: &bytes)
    bytes.append(0x2C)
    bytes += towns[town].code
    bytes.append(0x2C)
    let heads = max(1, exp(2.5 + 1.3 * generator.normal()).rounded())
    let perHead = exp(4.1 + 0.7 * generator.normal())
    if generator.uniform() < 0.9 { append(Int(heads), to: &bytes) }
    bytes.append(0x2C)
    if generator.uniform() < 0.8 { append(max(1, Int(heads * perHead)), to: &bytes) }
    bytes.append(0x2C)
    append([50, 100, 200, 500, 1000, 2000, 5000, 10_000][below(8)], to: &bytes)
    bytes += "万元,".utf8
    append(1990 + below(36), to: &bytes)
    bytes.append(0x2D)
    appendTwo(1 + below(12), to: &bytes)
    bytes.append(0x2D)
    appendTwo(1 + below(28), to: &bytes)
    bytes += below(12) == 0 ? ",注销,".utf8 : ",存续,".utf8
    bytes += isOnChain ? trades[trade].industry : Array(other.0.utf8)
    bytes.append(0x2C)
    for (index, word) in words.enumerated() {
      if index > 0 { bytes += "、".utf8 }
      bytes += word
    }
    bytes += ",一般项目：".utf8
    for word in words {
      bytes += word
      bytes += "制造；".utf8
    }
    bytes += "货物进出口（依法须经批准的项目除外）\n".utf8
  }

  private func append(_ number: Int, to bytes: inout [UInt8]) { bytes += String(number).utf8 }

  private func appendTwo(_ number: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(0x30 + number / 10))
    bytes.append(UInt8(0x30 + number % 10))
  }

  /// `91`, the county, nine digits of the running number and the check character of GB 32100-2015.
  private func appendCreditCode(_ row: Int, town: [UInt8], to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(0x39)
    bytes.append(0x31)
    bytes += town
    var rest = row
    var digits = [UInt8](repeating: 0x30, count: 9)
    for place in (0..<9).reversed() {
      digits[place] = UInt8(0x30 + rest % 10)
      rest /= 10
    }
    bytes += digits
    var sum = 0
    var weight = 1
    for byte in bytes[start...] {
      sum += Int(byte - 0x30) * weight
      weight = weight * 3 % 31
    }
    let letters = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    bytes.append(letters[(31 - sum % 31) % 31])
  }
}
