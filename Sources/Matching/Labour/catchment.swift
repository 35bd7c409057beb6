/// Jobs within reach per person of every zone, competition counted: the map of accessibility. 可达性
///
/// R_j = J_j / Σ_z P_z f(t_zj); A_z = Σ_j R_j f(t_zj). No job is handed out twice:
/// Σ_z P_z A_z = Σ_j J_j over the jobs that anybody can reach.
/// Shapes: `minutes[zone][employer]`, nil where there is no way.
/// Source: Luo and Wang 2003 (two-step floating catchment area).
public func catchmentAccess(
  people: [Double], jobs: [Double], minutes: [[Double?]], impedance: (Double) -> Double
) -> [Double] {
  let weight = minutes.map { row in row.map { $0.map(impedance) ?? 0 } }
  var perPerson = [Double](repeating: 0, count: jobs.count)
  for job in jobs.indices {
    var reached = 0.0
    for zone in people.indices { reached += people[zone] * weight[zone][job] }
    if reached > 0 { perPerson[job] = jobs[job] / reached }
  }
  return people.indices.map { zone in
    jobs.indices.reduce(0) { $0 + perPerson[$1] * weight[zone][$1] }
  }
}
