#include "include/csimdjson.h"

#include <simdjson.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>

using simdjson::dom::element;
using simdjson::dom::element_type;

// An element is a pointer into the document and an index. It is carried through C as two words.
static_assert(sizeof(element) == sizeof(cjson_element), "cjson_element must hold a simdjson element");
static_assert(std::is_trivially_copyable<element>::value, "a simdjson element must be copyable as bytes");

struct cjson_document {
    simdjson::dom::parser parser;
    element root;
};

static element unpack(cjson_element packed) {
    element result;
    std::memcpy(static_cast<void *>(&result), &packed, sizeof result);
    return result;
}

static cjson_element pack(const element &value) {
    cjson_element packed;
    std::memcpy(&packed, static_cast<const void *>(&value), sizeof packed);
    return packed;
}

cjson_document *cjson_parse(const uint8_t *text, size_t length, size_t max_depth, const char **error) {
    auto *document = new (std::nothrow) cjson_document();
    auto code = document == nullptr ? simdjson::MEMALLOC : document->parser.allocate(length, max_depth);
    // parse() copies the text into a padded buffer of the parser's own, so it may be let go of afterwards.
    if (code == simdjson::SUCCESS) {
        code = document->parser.parse(reinterpret_cast<const char *>(text), length, true).get(document->root);
    }
    if (code == simdjson::SUCCESS) return document;
    delete document;
    *error = simdjson::error_message(code);
    return nullptr;
}

void cjson_free(cjson_document *document) { delete document; }

cjson_element cjson_root(const cjson_document *document) { return pack(document->root); }

cjson_type cjson_type_of(cjson_element packed) {
    switch (unpack(packed).type()) {
        case element_type::ARRAY: return CJSON_ARRAY;
        case element_type::OBJECT: return CJSON_OBJECT;
        case element_type::INT64: return CJSON_INT;
        case element_type::UINT64: return CJSON_UINT;
        case element_type::DOUBLE: return CJSON_DOUBLE;
        case element_type::STRING: return CJSON_STRING;
        case element_type::BOOL: return CJSON_BOOL;
        case element_type::NULL_VALUE: break;
    }
    return CJSON_NULL;
}

bool cjson_member(cjson_element packed, const char *key, size_t length, cjson_element *out) {
    simdjson::dom::object object;
    element found;
    if (unpack(packed).get(object) != simdjson::SUCCESS) return false;
    if (object.at_key(std::string_view(key, length)).get(found) != simdjson::SUCCESS) return false;
    *out = pack(found);
    return true;
}

bool cjson_item(cjson_element packed, size_t index, cjson_element *out) {
    simdjson::dom::array array;
    element found;
    if (unpack(packed).get(array) != simdjson::SUCCESS) return false;
    if (array.at(index).get(found) != simdjson::SUCCESS) return false;
    *out = pack(found);
    return true;
}

void cjson_each(cjson_element packed, void *context,
                bool (*visit)(void *context, const char *key, size_t key_length, cjson_element value)) {
    simdjson::dom::array array;
    simdjson::dom::object object;
    if (unpack(packed).get(array) == simdjson::SUCCESS) {
        for (element value : array) {
            if (!visit(context, nullptr, 0, pack(value))) return;
        }
    } else if (unpack(packed).get(object) == simdjson::SUCCESS) {
        for (auto field : object) {
            if (!visit(context, field.key.data(), field.key.size(), pack(field.value))) return;
        }
    }
}

const char *cjson_string(cjson_element packed, size_t *length) {
    std::string_view text;
    if (unpack(packed).get(text) != simdjson::SUCCESS) text = "";
    *length = text.size();
    return text.data();
}

bool cjson_bool(cjson_element packed) { return unpack(packed).get_bool().value_unsafe(); }
int64_t cjson_int(cjson_element packed) { return unpack(packed).get_int64().value_unsafe(); }
uint64_t cjson_uint(cjson_element packed) { return unpack(packed).get_uint64().value_unsafe(); }
double cjson_double(cjson_element packed) { return unpack(packed).get_double().value_unsafe(); }

char *cjson_text(cjson_element packed, size_t *length) {
    const std::string text = simdjson::minify(unpack(packed));
    auto *copy = static_cast<char *>(std::malloc(text.size() + 1));
    if (copy == nullptr) return nullptr;
    std::memcpy(copy, text.data(), text.size());
    *length = text.size();
    return copy;
}

void cjson_text_free(char *text) { std::free(text); }
