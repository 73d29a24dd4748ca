"""The same tests in R, another program of other people: `make drill`, where R is installed (Debian: r-base-core)."""

import csv
import io
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from samsvar.instruments.scales import cronbach
from samsvar.outcomes.analysis.statistics import anova, holm, paired, regression

ROUNDS = 40
SCRIPT = r"""
data <- read.csv("data.csv")
say <- function(name, values) cat(name, sprintf("%.10g", values), sep = "\t", fill = 1e6)
ps <- c()
for (round in unique(data$round)) {
  d <- data[data$round == round, ]
  t <- t.test(d$after, d$before, paired = TRUE)
  ps <- c(ps, t$p.value)
  say(paste0("paired.", round), c(t$statistic, t$parameter, t$p.value, t$conf.int[1], t$conf.int[2]))
  w <- suppressWarnings(wilcox.test(d$after, d$before, paired = TRUE, exact = FALSE, correct = FALSE))
  say(paste0("wilcoxon.", round), w$p.value)
  a <- summary(aov(after ~ factor(group), data = d))[[1]]
  eta <- a[1, "Sum Sq"] / sum(a[, "Sum Sq"])
  say(paste0("anova.", round), c(a[1, "F value"], a[1, "Df"], a[2, "Df"], a[1, "Pr(>F)"], eta))
  say(paste0("kruskal.", round), kruskal.test(after ~ factor(group), data = d)$p.value)
  r <- summary(lm(after ~ hours + sex + age + minority, data = d))
  say(paste0("lm.", round), c(r$coefficients["hours", ], r$r.squared, r$adj.r.squared))
  i <- d[, c("i1", "i2", "i3", "i4")]
  say(paste0("alpha.", round), 4 / 3 * (1 - sum(apply(i, 2, var)) / var(rowSums(i))))
}
say("holm", p.adjust(ps, "holm"))
"""


@pytest.mark.drill
@pytest.mark.req("R-004-100", "R-004-104", "R-004-105", "R-004-98")
def test_r_finds_the_same(tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed here (apt-get install r-base-core): the comparison with it was not made.")
    draw = random.Random(20260101)
    out, rounds = io.StringIO(), []
    names = ["round", "before", "after", "group", "hours", "sex", "age", "minority", "i1", "i2", "i3", "i4"]
    writer = csv.writer(out)
    writer.writerow(names)
    for number in range(ROUNDS):
        rows = []
        for place in range(draw.randint(12, 60)):
            level = draw.random() * 2
            items = [min(3, max(0, round(level + draw.uniform(-1, 1)))) for _ in range(4)]
            before, after = draw.randint(0, 12), draw.randint(1, 14)
            facts = [place % 3 + 1, draw.randint(1, 90), draw.randint(0, 1), draw.randint(1, 6), draw.randint(0, 1)]
            rows.append([before, after, *facts, *items])
        rounds.append(rows)
        writer.writerows([number, *row] for row in rows)
    (tmp_path / "data.csv").write_text(out.getvalue(), encoding="ascii")
    (tmp_path / "again.R").write_text(SCRIPT, encoding="ascii")
    done = subprocess.run([program, "again.R"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    theirs = {line.split("\t")[0]: [float(one) for one in line.split("\t")[1:]] for line in done.stdout.splitlines()}

    ps = []
    for number, rows in enumerate(rounds):
        was, now, group, hours, sex, age, minority = ([float(row[at]) for row in rows] for at in range(7))
        change = paired(was, now)
        ps.append(change.p)
        assert change.interval is not None
        ours = {f"paired.{number}": [change.t, change.df, change.p, change.interval.low, change.interval.high]}
        ours[f"wilcoxon.{number}"] = [change.wilcoxon_p]
        groups = anova({str(one): [a for a, g in zip(now, group, strict=True) if g == one] for one in (1, 2, 3)})
        ours[f"anova.{number}"] = [groups.f, *groups.df, groups.p, groups.eta]
        ours[f"kruskal.{number}"] = [groups.kruskal_p]
        fit = regression(now, {"hours": hours, "sex": sex, "age": age, "minority": minority})
        line = fit.coefficients["hours"]
        ours[f"lm.{number}"] = [line.b, line.se, line.t, line.p, fit.r2, fit.adjusted_r2]
        ours[f"alpha.{number}"] = [cronbach([[float(one) for one in row[7:]] for row in rows])]
        for name, values in ours.items():
            assert values == pytest.approx(theirs[name], rel=1e-6, abs=1e-9), name
    assert holm(ps) == pytest.approx(theirs["holm"], rel=1e-6)
