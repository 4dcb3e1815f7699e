#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parsed JSON text. It owns what it was parsed from; elements point into it and die with it.
typedef struct cjson_document cjson_document;

/// One value of a document. Copied freely.
typedef struct {
    uint64_t words[2];
} cjson_element;

typedef enum {
    CJSON_NULL,
    CJSON_BOOL,
    CJSON_INT,
    CJSON_UINT,
    CJSON_DOUBLE,
    CJSON_STRING,
    CJSON_ARRAY,
    CJSON_OBJECT
} cjson_type;

/// Parses RFC 8259 JSON of less than `max_depth` nested arrays and objects. NULL when it is not that;
/// then `error` points to a static description.
cjson_document *cjson_parse(const uint8_t *text, size_t length, size_t max_depth, const char **error);
void cjson_free(cjson_document *document);

cjson_element cjson_root(const cjson_document *document);
cjson_type cjson_type_of(cjson_element element);

/// The value of a key of an object (the first, when the key is there twice). False when it has none or is no object.
bool cjson_member(cjson_element element, const char *key, size_t length, cjson_element *out);
/// The element at a position of an array. False when there is none or it is no array.
bool cjson_item(cjson_element element, size_t index, cjson_element *out);

/// Calls `visit` for each element of an array or each value of an object, until it returns false.
/// `key` is NULL for arrays.
void cjson_each(cjson_element element, void *context,
                bool (*visit)(void *context, const char *key, size_t key_length, cjson_element value));

/// UTF-8, not terminated; valid as long as the document. Only for CJSON_STRING.
const char *cjson_string(cjson_element element, size_t *length);
bool cjson_bool(cjson_element element);
int64_t cjson_int(cjson_element element);
uint64_t cjson_uint(cjson_element element);
double cjson_double(cjson_element element);

/// The value as JSON without whitespace; to be given back to cjson_text_free. NULL for want of memory.
char *cjson_text(cjson_element element, size_t *length);
void cjson_text_free(char *text);

#ifdef __cplusplus
}
#endif
#endif
