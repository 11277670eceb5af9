import Documents
import Experiments

/// `analysis.ipynb`: the tables and figures of an experiment by pandas and matplotlib, as a
/// notebook of nbformat 4.5 without outputs.
enum AnalysisNotebook {
  static func text(_ experiment: DesignedExperiment, version: String) -> String {
    let factors = list(experiment.factors)
    let responses = list(experiment.responses.map(\.name))
    let cells: [(isCode: Bool, lines: [String])] = [
      (
        false,
        [
          "# \(experiment.name)", "",
          "Runs of seatrial \(version), seed \(experiment.seed). `datapackage.json` says what "
            + "each column holds. Needs pandas, scipy and matplotlib.",
        ]
      ),
      (
        true,
        [
          "import matplotlib.pyplot as plt", "import pandas as pd", "from scipy import stats", "",
          "factors = \(factors)", "responses = \(responses)",
          "runs = pd.read_csv(\"runs.csv\", dtype={\"seed\": str})", "runs.head()",
        ]
      ),
      (false, ["## Means with their 95 % intervals"]),
      (true, intervals(experiment)),
      (true, figure),
      (
        false,
        [
          "## Differences under the same luck", "",
          "Every point less the first one (or the baseline), replication by replication.",
        ]
      ),
      (true, differences(experiment.baseline ?? 0)),
    ]
    return document(cells)
  }

  private static func intervals(_ experiment: DesignedExperiment) -> [String] {
    let unit =
      experiment.isAntithetic
      ? "observations = runs.assign(unit=runs.replication // 2)"
        + ".groupby([\"point\", \"unit\"])[responses].mean().reset_index()"
      : "observations = runs"
    return [
      unit, "grouped = observations.groupby(\"point\")[responses]",
      "means, deviations, counts = grouped.mean(), grouped.std(), grouped.count()",
      "half = stats.t.ppf(0.975, counts - 1) * deviations / counts ** 0.5",
      "labels = runs.groupby(\"point\")[factors].first()"
        + ".apply(lambda row: \", \".join(f\"{k}={v}\" for k, v in row.items()), axis=1) "
        + "if factors else pd.Series([\"the scenario\"] * len(means), index=means.index)",
      "table = pd.concat({\"mean\": means, \"+- 95 %\": half}, axis=1).swaplevel(axis=1)"
        + ".sort_index(axis=1)",
      "table.index = labels", "table",
    ]
  }

  /// Responses over the numeric factor with the most levels, a line for each setting of the
  /// others; without such a factor every point by itself.
  private static let figure = [
    "settings = runs.groupby(\"point\")[factors].first()",
    "numeric = [f for f in factors if pd.api.types.is_numeric_dtype(settings[f])",
    "           and settings[f].nunique() > 3]",
    "across = max(numeric, key=lambda f: settings[f].nunique(), default=None)",
    "others = [f for f in factors if f != across and settings[f].nunique() > 1]",
    "lines = settings.groupby(others, sort=False) if across and others else [(\"\", settings)]",
    "if across and len(lines) > 12:",
    "    across, lines = None, [(\"\", settings)]",
    "height = 3 if across else max(2, 0.3 * len(means) + 1)",
    "figure, axes = plt.subplots(",
    "    len(responses), 1, squeeze=False, figsize=(10, len(responses) * height))",
    "for axis, response in zip(axes[:, 0], responses):",
    "    if across:",
    "        for name, group in lines:",
    "            group = group.sort_values(across)",
    "            names = name if isinstance(name, tuple) else (name,)",
    "            axis.errorbar(",
    "                group[across], means.loc[group.index, response],",
    "                yerr=half.loc[group.index, response], marker=\".\", capsize=2,",
    "                label=\", \".join(map(str, names)))",
    "        axis.set_xlabel(across)",
    "        axis.set_ylabel(response)",
    "        if others:",
    "            axis.legend(fontsize=\"small\", loc=\"center left\", bbox_to_anchor=(1, 0.5))",
    "    else:",
    "        axis.errorbar(",
    "            means[response], range(len(means)), xerr=half[response], fmt=\"o\", capsize=3)",
    "        axis.set_yticks(range(len(means)), labels)",
    "        axis.invert_yaxis()",
    "        axis.set_xlabel(response)",
    "figure.tight_layout()", "plt.show()",
  ]

  private static func differences(_ baseline: Int) -> [String] {
    [
      "unit = \"unit\" if \"unit\" in observations else \"replication\"",
      "wide = observations.pivot(index=\"point\", columns=unit, values=responses)",
      "rows = []", "for response in responses:", "    values = wide[response]",
      "    for point in values.index.drop(\(baseline), errors=\"ignore\"):",
      "        pairs = (values.loc[point] - values.loc[\(baseline)]).dropna()",
      "        width = stats.t.ppf(0.975, len(pairs) - 1) * pairs.std() / len(pairs) ** 0.5",
      "        rows.append((response, labels[point], pairs.mean(), width))",
      "pd.DataFrame(rows, columns=[\"response\", \"point\", \"difference\", \"+- 95 %\"])",
    ]
  }

  /// A list of texts in Python, which reads JSON's.
  private static func list(_ texts: [String]) -> String {
    var json = JSONWriter()
    json.array { json in texts.forEach { json.string($0) } }
    return json.text
  }

  private static func document(_ cells: [(isCode: Bool, lines: [String])]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field(
        "cells",
        array: { json in
          for (number, cell) in cells.enumerated() {
            json.object { json in
              json.field("cell_type", cell.isCode ? "code" : "markdown")
              if cell.isCode {
                json.key("execution_count")
                json.null()
              }
              json.field("id", "cell-\(number)")
              json.field("metadata", object: { _ in })
              if cell.isCode { json.field("outputs", array: { _ in }) }
              json.field(
                "source",
                array: { json in
                  for (index, line) in cell.lines.enumerated() {
                    json.string(line + (index == cell.lines.count - 1 ? "" : "\n"))
                  }
                })
            }
          }
        })
      json.field(
        "metadata",
        object: { json in
          json.field(
            "kernelspec",
            object: { json in
              json.field("display_name", "Python 3")
              json.field("language", "python")
              json.field("name", "python3")
            })
          json.field("language_info", object: { $0.field("name", "python") })
        })
      json.field("nbformat", 4)
      json.field("nbformat_minor", 5)
    }
    return json.text
  }
}
