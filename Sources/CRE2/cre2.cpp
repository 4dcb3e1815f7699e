#include "include/cre2.h"

#include <re2/re2.h>

#include <cstdio>
#include <new>

struct cre2_pattern {
    re2::RE2 compiled;
    cre2_pattern(const re2::StringPiece &text, const re2::RE2::Options &options) : compiled(text, options) {}
};

cre2_pattern *cre2_compile(const char *text, size_t length, char *error, size_t error_size) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto *pattern = new (std::nothrow) cre2_pattern(re2::StringPiece(text, length), options);
    if (pattern == nullptr) return nullptr;
    if (pattern->compiled.ok()) return pattern;
    std::snprintf(error, error_size, "%s", pattern->compiled.error().c_str());
    delete pattern;
    return nullptr;
}

bool cre2_full_match(const cre2_pattern *pattern, const char *input, size_t length) {
    return re2::RE2::FullMatch(re2::StringPiece(input, length), pattern->compiled);
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }
