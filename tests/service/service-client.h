/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "base/mil-key.h"

G_BEGIN_DECLS

/**
 * Service:
 *
 * The real program in a process of its own, on a socket, database and state folder of its own.
 */
typedef struct
{
  char        *folder;
  char        *socket;
  char        *state;
  char        *demo;
  GSubprocess *process;
  MilClock    *clock;
  MilRandom   *random;
  guint64      crash_seed; /* see crash-vfs.h */
  guint64      crash_at;
  gboolean     survives; /* whether a client starts it again when it dies, and asks again */
  guint        n_deaths;
} Service;

Service *service_new (const char *demo);
void     service_start (Service *self);
void     service_stop (Service *self);
void     service_kill (Service *self);
gboolean service_revive (Service *self);
int      service_command (Service *self, char **output, const char *first, ...) G_GNUC_NULL_TERMINATED;
void     service_free (Service *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Service, service_free)

/**
 * Client:
 *
 * Somebody with a key who asks a service and waits for the answer.
 */
typedef struct
{
  Service     *service;
  SoupSession *session;
  MilKey      *key;
} Client;

/**
 * Ask:
 * @method: method
 * @path: path and query
 * @body: (nullable): JSON text, or anything else
 * @key: (nullable): idempotency key; a new one when it is %NULL and @body is not
 * @unsigned_: send no signature
 * @forged: change a byte of the signature
 * @no_key: send no idempotency key
 * @headers: (nullable): names and values in turn
 *
 * A request.
 */
typedef struct
{
  const char        *method;
  const char        *path;
  const char        *body;
  const char        *key;
  gboolean           unsigned_;
  gboolean           forged;
  gboolean           no_key;
  const char *const *headers;
} Ask;

/**
 * Answer:
 * @status: HTTP status
 * @json: (nullable): body, when it is JSON
 * @bytes: body
 * @headers: headers
 *
 * What came back.
 */
typedef struct
{
  guint               status;
  JsonNode           *json;
  GBytes             *bytes;
  SoupMessageHeaders *headers;
} Answer;

Client       *client_new (Service *service, MilKey *key);
Client       *client_enrolled (Service *service);
void          client_free (Client *self);
Answer       *client_ask (Client *self, const Ask *ask);
/* Sends one signed request twice, to the letter; both must be answered alike. What the answer is (transfer full). */
GBytes       *client_ask_twice (Client *self, const Ask *ask);
Answer       *client_get (Client *self, const char *path);
Answer       *client_post (Client *self, const char *path, const char *format, ...) G_GNUC_PRINTF (3, 4);
GInputStream *client_stream (Client *self, const char *path);
void          answer_free (Answer *self);
const char   *answer_string (Answer *self, const char *path);
gint64        answer_int (Answer *self, const char *path);
JsonNode     *answer_node (Answer *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

void check_answers (void);
int  run_and_check (const char *name);

/* The answer's status, and its body when it is another. */
#define assert_status(answer, wanted)                                                                        \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    Answer *answer_ = (answer);                                                                              \
    if (answer_->status != (wanted))                                                                         \
      g_test_message ("%.*s",                                                                                \
                      (int) g_bytes_get_size (answer_->bytes),                                               \
                      (const char *) g_bytes_get_data (answer_->bytes, NULL));                               \
    g_assert_cmpuint (answer_->status, ==, (wanted));                                                        \
  }                                                                                                          \
  G_STMT_END

G_END_DECLS
