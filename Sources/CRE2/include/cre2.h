#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_pattern cre2_pattern;

/// Compiles `text` (RE2 syntax, UTF-8). NULL when it is not valid; then `error` holds why, cut to `error_size` bytes.
cre2_pattern *cre2_compile(const char *text, size_t length, char *error, size_t error_size);

/// True when the whole input matches. Linear in the length of the input.
bool cre2_full_match(const cre2_pattern *pattern, const char *input, size_t length);

void cre2_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif
#endif
