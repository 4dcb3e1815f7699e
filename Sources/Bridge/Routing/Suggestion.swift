/// The nearest known word to one that is not known.
package enum Suggestion {
    /// The candidate with the fewest edits, when at most a third of the word (and at least two letters) would change.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let limit = max(2, word.count / 3)
        let ranked = candidates.map { (distance: distance(word, $0), word: $0) }.filter { $0.distance <= limit }
        return ranked.min { $0.distance < $1.distance }?.word
    }

    /// Letters added, dropped, changed or swapped with their neighbour (optimal string alignment).
    private static func distance(_ one: String, _ other: String) -> Int {
        let (one, other) = (Array(one), Array(other))
        var rows = [Array(0...other.count)]
        for (i, letter) in one.enumerated() {
            var row = [i + 1]
            for (j, against) in other.enumerated() {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == against ? 0 : 1))
                if i > 0, j > 0, letter == other[j - 1], one[i - 1] == against {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
