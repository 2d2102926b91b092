# Medians of the runs of bench/fanout, as text, Markdown or JSON. A line of a run:
# case, round, server, deliveries a second, held, p50 us, p99 us, server us/message, server %, client %, lost %, others %, disturbed
BEGIN {
    FS = "\t"
    while ((getline line < about) > 0) {
        split(line, part, "\t")
        keys[++facts] = part[1]
        values[facts] = part[2]
    }
}

{
    id = $1 SUBSEP $3
    if (!($1 in rate)) { rate[$1] = $4; cases[++caseCount] = $1 }
    if (!($3 in known)) { known[$3] = 1; servers[++serverCount] = $3 }
    rounds[id]++
    held[id] += $5
    disturbed[id] += $13
    if ($6 != "-") {
        n = ++runs[id]
        for (f = 6; f <= 12; f++) { value[id, f, n] = $f }
    }
}

function median(id, f,    n, i, j, x, v) {
    n = runs[id]
    for (i = 1; i <= n; i++) { v[i] = value[id, f, i] + 0 }
    for (i = 2; i <= n; i++) {
        x = v[i]
        for (j = i - 1; j >= 1 && v[j] > x; j--) { v[j + 1] = v[j] }
        v[j + 1] = x
    }
    return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}

function holds(id) { return 2 * held[id] > rounds[id] }

function number(x) { return x >= 100 ? sprintf("%.0f", x) : x >= 10 ? sprintf("%.1f", x) : x >= 0.1 ? sprintf("%.2f", x) : sprintf("%.3f", x) }

function name(c) { return substr(c, 1, 1) " " substr(c, 2) "/s" }

function row(a, b, c, d, e, f, g, h, i, j) {
    if (format == "markdown") {
        printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", a, b, c, d, e, f, g, h, i, j
    } else {
        printf "%-9s %-10s %-9s %9s %9s %9s %8s %8s %8s  %s\n", a, b, c, d, e, f, g, h, i, j
    }
}

function ratioRow(a, b, c, d, e) {
    if (format == "markdown") { printf "| %s | %s | %s | %s | %s |\n", a, b, c, d, e } else { printf "%-9s %-10s %9s %9s %12s\n", a, b, c, d, e }
}

function heldText(id) { return held[id] == rounds[id] ? "yes" : held[id] ? held[id] " of " rounds[id] : "no" }

function resultRow(c, s,    id) {
    id = c SUBSEP s
    if (!(id in rounds)) {
        row(name(c), s, "not run", "-", "-", "-", "-", "-", "-", "did not hold less")
    } else if (!runs[id]) {
        row(name(c), s, "no", "-", "-", "-", "-", "-", "-", "failed")
    } else {
        row(name(c), s, heldText(id), number(median(id, 6) / 1000), number(median(id, 7) / 1000), number(median(id, 8)),
            sprintf("%.0f", median(id, 9)), sprintf("%.0f", median(id, 10)), number(median(id, 11)),
            disturbed[id] ? disturbed[id] " of " rounds[id] " runs disturbed" : "")
    }
}

function ratio(c, peer, f,    x) {
    x = median(c SUBSEP peer, f)
    return x > 0 ? number(median(c SUBSEP "tickcast", f) / x) : "-"
}

function comparable(c, peer) { return holds(c SUBSEP "tickcast") && holds(c SUBSEP peer) }

function tables(    i, j, k, peer) {
    for (i = 1; i <= facts; i++) { printf((format == "markdown" ? "- %s: %s\n" : "%-10s %s\n"), keys[i], values[i]) }
    print ""
    row("case", "server", "held", "p50 ms", "p99 ms", "us/msg", "server %", "client %", "lost %", "note")
    if (format == "markdown") { print "|---|---|---|--:|--:|--:|--:|--:|--:|---|" }
    for (i = 1; i <= caseCount; i++) { for (j = 1; j <= serverCount; j++) { resultRow(cases[i], servers[j]) } }
    if (!("tickcast" in known) || !("nats" in known) && !("cfan" in known)) { return }
    print format == "markdown" ? "\nTickcast as a multiple of another, where both held:\n" : "\ntickcast as a multiple of another, where both held:"
    ratioRow("case", "other", "p50", "p99", "us/msg")
    if (format == "markdown") { print "|---|---|--:|--:|--:|" }
    for (i = 1; i <= caseCount; i++) {
        for (k = 1; k <= 2; k++) {
            peer = k == 1 ? "nats" : "cfan"
            if (comparable(cases[i], peer)) { ratioRow(name(cases[i]), peer, ratio(cases[i], peer, 6), ratio(cases[i], peer, 7), ratio(cases[i], peer, 8)) }
        }
    }
}

function quoted(text) { gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text); return "\"" text "\"" }

function json(    i, j, id, first) {
    printf "{\"about\":{"
    for (i = 1; i <= facts; i++) { printf "%s%s:%s", (i > 1 ? "," : ""), quoted(keys[i]), quoted(values[i]) }
    printf "},\"results\":["
    for (i = 1; i <= caseCount; i++) {
        for (j = 1; j <= serverCount; j++) {
            id = cases[i] SUBSEP servers[j]
            if (!runs[id]) { continue }
            printf "%s\n{\"case\":%s,\"deliveriesPerSecond\":%.0f,\"server\":%s,\"rounds\":%d,\"held\":%d,\"disturbed\":%d,", (first++ ? "," : ""),
                quoted(cases[i]), rate[cases[i]], quoted(servers[j]), rounds[id], held[id], disturbed[id]
            printf "\"p50Millis\":%.4f,\"p99Millis\":%.4f,\"serverMicrosPerMessage\":%.4f,\"serverPercent\":%.1f,\"clientPercent\":%.1f,\"lostPercent\":%.3f}",
                median(id, 6) / 1000, median(id, 7) / 1000, median(id, 8), median(id, 9), median(id, 10), median(id, 11)
        }
    }
    print "\n],\"ratios\":["
    first = 0
    for (i = 1; i <= caseCount; i++) {
        for (j = 1; j <= serverCount; j++) {
            if ((servers[j] == "nats" || servers[j] == "cfan") && comparable(cases[i], servers[j])) {
                printf "%s{\"case\":%s,\"other\":%s,\"p50\":%.3f,\"p99\":%.3f,\"serverMicrosPerMessage\":%.3f}", (first++ ? ",\n" : ""), quoted(cases[i]),
                    quoted(servers[j]), exact(cases[i], servers[j], 6), exact(cases[i], servers[j], 7), exact(cases[i], servers[j], 8)
            }
        }
    }
    print "\n]}"
}

function exact(c, peer, f,    x) {
    x = median(c SUBSEP peer, f)
    return x > 0 ? median(c SUBSEP "tickcast", f) / x : 0
}

END { if (format == "json") { json() } else { tables() } }
