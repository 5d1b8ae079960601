# SPDX-License-Identifier: GPL-3.0-or-later
# Independent values for tests/unit/test_calc_logit.c: R's own glm, a ridge by optim on the documented objective, and the AUC with DeLong's
# variance written out. Run once with R 4.2.2:  Rscript tests/data/logit_reference.R
options(digits = 15)
i <- 1:200
x1 <- (i * 37) %% 101 / 10
x2 <- (i * 53) %% 97 / 7
u <- (i * 71) %% 89 / 89
y <- as.integer(u < plogis(-1 + 0.6 * (x1 - 5) - 0.3 * (x2 - 7)))
z <- function(x) (x - mean(x)) / sqrt(mean((x - mean(x))^2))
z1 <- z(x1); z2 <- z(x2)
cat("events", sum(y), "\n")
m <- glm(y ~ z1 + z2, family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100))
print(coef(m)); print(sqrt(diag(vcov(m)))); print(as.numeric(logLik(m)))
lambda <- 0.1
f <- function(b) { e <- b[1] + b[2] * z1 + b[3] * z2; -mean(y * e - log1p(exp(e))) + lambda / 2 * sum(b[2:3]^2) }
g <- function(b) { e <- b[1] + b[2] * z1 + b[3] * z2; r <- y - plogis(e); c(-mean(r), -mean(r * z1) + lambda * b[2], -mean(r * z2) + lambda * b[3]) }
o <- optim(c(0, 0, 0), f, g, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))
print(o$par)
s <- x1 - 0.5 * round(x2)
a <- s[y == 1]; b <- s[y == 0]
psi <- outer(a, b, function(p, q) (p > q) + 0.5 * (p == q))
auc <- mean(psi); se <- sqrt(var(rowMeans(psi)) / length(a) + var(colMeans(psi)) / length(b))
print(c(auc, se))
