// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "bulian",
  products: [.library(name: "Atlas", targets: ["Atlas"])],
  targets: [
    .target(name: "Atlas"),
    .target(name: "Matching", dependencies: ["Atlas"]),
    .target(name: "Expectations", path: "Tests/Expectations"),
    .testTarget(name: "MatchingTests", dependencies: ["Matching", "Expectations"]),
    .testTarget(name: "AtlasTests", dependencies: ["Atlas", "Expectations"]),
  ],
  swiftLanguageModes: [.v6]
)
