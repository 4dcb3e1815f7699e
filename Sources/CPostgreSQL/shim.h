#pragma once

#include <libpq-fe.h>

// What Swift cannot see: codes of fields are character constants.

/// The five characters of an error's SQLSTATE; null where there is none.
static inline const char *cpostgresql_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

/// An error's message without the values that it is about; null where there is none.
static inline const char *cpostgresql_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}
