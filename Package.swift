// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "bulian",
  products: [.executable(name: "bulian", targets: ["bulian"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .target(name: "Atlas"),
    .target(
      name: "Freight",
      dependencies: ["Atlas", .product(name: "HeapModule", package: "swift-collections")]),
    .target(name: "Matching", dependencies: ["Atlas", "Freight"]),
    .target(name: "Linking", dependencies: ["Atlas"]),
    .target(name: "Calibration", dependencies: ["Atlas", "Matching"]),
    .target(name: "Itinerary", dependencies: ["Atlas"]),
    .target(
      name: "Cards",
      dependencies: [
        "Atlas", "Freight", "Matching", "Yams",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CXlsxWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(name: "Press", dependencies: ["Atlas", "Briefing", "CXlsxWriter"]),
    .target(
      name: "Ledger",
      dependencies: [
        "Atlas", "Freight", "CZlib", "Yams", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "Briefing", dependencies: ["Atlas", "Freight", "Matching", "Itinerary"]),
    .target(name: "SampleDistrict", dependencies: ["Atlas"]),
    .target(
      name: "Nightly",
      dependencies: [
        "Atlas", "Briefing", .product(name: "Logging", package: "swift-log"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .executableTarget(
      name: "bulian",
      dependencies: [
        "Atlas", "Cards", "Linking", "Freight", "Matching", "Calibration", "Itinerary", "Briefing",
        "Ledger", "Press", "Nightly", "SampleDistrict",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "bulian-bench",
      dependencies: [
        "Atlas", "Cards", "CZlib", "Ledger", "Matching",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "Expectations", path: "Tests/Expectations"),
    .testTarget(name: "FreightTests", dependencies: ["Freight", "Expectations"]),
    .testTarget(
      name: "LinkingTests", dependencies: ["Linking", "Briefing", "Expectations"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "CalibrationTests", dependencies: ["Calibration", "Expectations"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Ledger", "Expectations", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(name: "BriefingTests", dependencies: ["Briefing", "Expectations"]),
    .testTarget(name: "PressTests", dependencies: ["Press", "Expectations"]),
    .testTarget(name: "NightlyTests", dependencies: ["Nightly", "Expectations"]),
    .testTarget(name: "ItineraryTests", dependencies: ["Itinerary", "Expectations"]),
    .testTarget(name: "CardsTests", dependencies: ["Cards", "Expectations"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["Expectations"], exclude: ["Golden"]),
    .testTarget(
      name: "RunTests",
      dependencies: [
        "Atlas", "Cards", "Freight", "Ledger", "Matching", "SampleDistrict", "Expectations",
      ]),
    .testTarget(name: "ArchitectureTests", dependencies: ["Expectations"]),
    .testTarget(name: "DocumentationTests", dependencies: ["Expectations"]),
    .testTarget(name: "MatchingTests", dependencies: ["Matching", "Expectations"]),
    .testTarget(name: "AtlasTests", dependencies: ["Atlas", "Expectations"]),
  ],
  swiftLanguageModes: [.v6]
)
