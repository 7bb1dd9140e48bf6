# Reference values for tests/test_reference.py, by base R: Rscript reference.R, in this folder.
# It reads articles.csv (invented counts) and writes reference.json. Formulas are written out plainly; where base R has a
# function of its own (mantelhaen.test, poisson.test, glm, p.adjust) that is called as well.

articles <- read.csv("articles.csv", colClasses = c(story = "character"))
words <- c("may", "could", "reportedly")
articles$y <- articles$hedging_journalist
articles$T <- articles$n_words_journalist
articles$a <- articles$outlet == "Courier"
stopifnot(all(rowSums(articles[words]) == articles$y))

# --- Mantel-Haenszel over shared stories: Courier against Ledger (Greenland & Robins 1985) ---
shared <- sort(setdiff(intersect(articles$story[articles$a], articles$story[!articles$a]), ""))
cell <- function(column, side) sapply(shared, function(s) sum(articles[articles$story == s & articles$a == side, column]))
y_A <- cell("y", TRUE)
y_B <- cell("y", FALSE)
T_A <- cell("T", TRUE)
T_B <- cell("T", FALSE)
a <- y_A * T_B / (T_A + T_B)
b <- y_B * T_A / (T_A + T_B)
W <- sum(T_A * T_B / (T_A + T_B))
ratio <- sum(a) / sum(b)

# Base R knows the odds ratio only; with exposures of ten milliard times as many units it is the rate ratio.
units <- 1e10
tables <- array(rbind(y_A, y_B, T_A * units - y_A, T_B * units - y_B), dim = c(2, 2, length(shared)))
by_odds <- unname(mantelhaen.test(tables)$estimate)

# --- The words' contributions: (A_e - B_e) / L(A, B), L the logarithmic mean (Vartia 1976; Ang 2004) ---
part <- function(word, side, other) sum(cell(word, side) * other / (T_A + T_B))
A_e <- sapply(words, part, TRUE, T_B)
B_e <- sapply(words, part, FALSE, T_A)
contributions <- (A_e - B_e) / ((sum(A_e) - sum(B_e)) / log(sum(A_e) / sum(B_e)))

# --- Swaps of the stories, all 2^8: log(A / B) over its error; the interval by bisection of the same test ---
swaps <- expand.grid(rep(list(c(FALSE, TRUE)), length(shared)))
log_ratio <- function(swapped, theta) {
  A <- ifelse(swapped, theta * b, a)
  B <- ifelse(swapped, a, theta * b)
  log(sum(A) / sum(B)) / sqrt(sum((A / sum(A) - B / sum(B))^2))
}
p_flip <- function(theta) {
  t_all <- abs(apply(swaps, 1, log_ratio, theta))
  mean(t_all >= t_all[1] * (1 - 1e-12))
}
edge <- function(inside, outside) { # in logs, from a ratio that is kept to one that is not
  for (step in 1:200) {
    middle <- sqrt(inside * outside)
    if (p_flip(middle) > 0.05) inside <- middle else outside <- middle
  }
  inside
}

# --- Label permutation of the first articles, 4 of the Courier and 6 of the Ledger, unmatched, all 210 labellings ---
few <- articles[c(which(articles$a)[1:4], which(!articles$a)[1:6]), ]
studentised <- function(in_a) {
  y <- c(sum(few$y[in_a]), sum(few$y[!in_a]))
  T <- c(sum(few$T[in_a]), sum(few$T[!in_a]))
  residual <- function(side, i) {
    n <- sum(side)
    n / (n - 1) * sum((few$y[side] - y[i] / T[i] * few$T[side])^2)
  }
  side <- y * rev(T) / sum(T)
  V <- (rev(T) / sum(T))^2 * c(residual(in_a, 1), residual(!in_a, 2))
  log(side[1] / side[2]) / sqrt(sum(V / side^2))
}
labellings <- combn(10, 4, function(chosen) seq_len(10) %in% chosen)
t_all <- abs(apply(labellings, 2, studentised))
p_labels <- mean(t_all >= abs(studentised(few$a)) * (1 - 1e-12))

# --- Pooled rates: poisson.test gives the ratio (its p takes words for independent and is not ours) ---
sums <- aggregate(cbind(y, T) ~ a, articles, sum)
sums <- sums[order(!sums$a), ]
pooled <- unname(poisson.test(sums$y, sums$T)$estimate)

# --- Quasi-Poisson with exposure offset and log length; intervals by t ---
fit <- glm(y ~ a + log(n_words) + offset(log(T)), quasipoisson, articles, control = glm.control(epsilon = 1e-15, maxit = 100))
coefficients <- summary(fit)$coefficients
reach <- qt(0.975, fit$df.residual) * coefficients["aTRUE", "Std. Error"]

# --- One outlet's rate: dispersion by glm, interval by a jackknife over articles on the log rate ---
own <- articles[articles$a, ]
alone <- glm(y ~ 1 + offset(log(T)), quasipoisson, own, control = glm.control(epsilon = 1e-15, maxit = 100))
left_out <- sapply(seq_len(nrow(own)), function(i) log(sum(own$y[-i]) / sum(own$T[-i])))
n <- nrow(own)
jackknife <- qt(0.975, n - 1) * sqrt((n - 1) / n * sum((left_out - mean(left_out))^2))
rate <- 1000 * sum(own$y) / sum(own$T)

# --- Adjusted p: ties, a missing one, one above the others ---
p <- c(0.001, 0.04, 0.03, NA, 0.03, 0.2, 0.012, 0.9, 0.0004)

json <- function(x) {
  if (is.list(x)) return(paste0("{", paste0("\"", names(x), "\": ", sapply(x, json), collapse = ",\n "), "}"))
  if (is.character(x)) return(paste0("\"", x, "\""))
  numbers <- ifelse(is.na(x), "null", sprintf("%.17g", x))
  if (!is.null(names(x))) return(json(as.list(x)))
  if (length(x) == 1) numbers else paste0("[", paste(numbers, collapse = ", "), "]")
}
writeLines(json(list(
  made_by = R.version.string,
  mantel_haenszel = list(
    ratio = ratio, ratio_by_odds = by_odds, difference_per_1000 = 1000 * (sum(a) - sum(b)) / W, n_strata = length(shared),
    a = unname(a), b = unname(b)
  ),
  contributions = contributions,
  sign_flip = list(p_value = p_flip(1), conf_low = edge(ratio, 1e-6), conf_high = edge(ratio, 1e6)),
  label_permutation = list(articles = length(few$y), p_value = p_labels),
  pooled_ratio = pooled,
  quasi_poisson = list(
    estimate = unname(exp(coefficients["aTRUE", 1])), conf_low = exp(coefficients["aTRUE", 1] - reach),
    conf_high = exp(coefficients["aTRUE", 1] + reach), length_slope = coefficients["log(n_words)", 1]
  ),
  courier = list(rate = rate, conf_low = rate * exp(-jackknife), conf_high = rate * exp(jackknife), dispersion = summary(alone)$dispersion),
  p = p, p_holm = p.adjust(p, "holm"), p_bh = p.adjust(p, "BH")
)), "reference.json")
