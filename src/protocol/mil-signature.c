/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "protocol/mil-signature.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-error.h"
#include "protocol/mil-structured.h"

#define ALGORITHM "ecdsa-p256-sha256"
#define OUR_LABEL "sig1"
#define MAX_COMPONENTS 32
#define MAX_FIELD 8192

G_DEFINE_BOXED_TYPE (MilSignature, mil_signature, mil_signature_copy, mil_signature_free)

/**
 * mil_signature_copy:
 * @self: a signature
 *
 * Returns: (transfer full): a copy
 */
MilSignature *
mil_signature_copy (const MilSignature *self)
{
  MilSignature *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->label = g_strdup (self->label);
  copy->components = g_strdupv (self->components);
  copy->parameters = g_strdup (self->parameters);
  copy->key_id = g_strdup (self->key_id);
  copy->nonce = g_strdup (self->nonce);
  copy->value = self->value != NULL ? g_bytes_ref (self->value) : NULL;
  return copy;
}

/**
 * mil_signature_free:
 * @self: (nullable) (transfer full): a signature
 */
void
mil_signature_free (MilSignature *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_strfreev (self->components);
  g_free (self->parameters);
  g_free (self->key_id);
  g_free (self->nonce);
  g_clear_pointer (&self->value, g_bytes_unref);
  g_free (self);
}

static gboolean
refuse (GError **error, const char *sentence)
{
  mil_error_set (error, MIL_ERROR_UNAUTHENTICATED, "%s", sentence);
  return FALSE;
}

/* --- content digest --- */

/**
 * mil_content_digest:
 * @body: the content
 *
 * Returns: (transfer full): the value of the field Content-Digest: `sha-256=:…:`
 */
char *
mil_content_digest (GBytes *body)
{
  g_autoptr (GBytes) digest = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (body != NULL, NULL);

  digest = mil_sha256 (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  text = g_base64_encode (g_bytes_get_data (digest, NULL), g_bytes_get_size (digest));
  return g_strdup_printf ("sha-256=:%s:", text);
}

/**
 * mil_content_digest_check:
 * @field: (nullable): the value of the field Content-Digest; digests other than sha-256 are passed over
 * @body: the content
 * @error: %MIL_ERROR_UNAUTHENTICATED
 *
 * Returns: whether @field has a sha-256 and that is @body's
 */
gboolean
mil_content_digest_check (const char *field, GBytes *body, GError **error)
{
  g_autoptr (GBytes) expected = NULL;
  gboolean seen = FALSE;

  g_return_val_if_fail (body != NULL, FALSE);

  expected = mil_sha256 (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  for (const char *p = field; p != NULL && *p != '\0';)
    {
      g_autofree char *key = NULL;
      g_autoptr (GBytes) digest = NULL;

      if (!mil_structured_key (&p, &key) || !mil_structured_skip (&p, "=") || !mil_structured_bytes (&p, &digest))
        return refuse (error, _ ("The field Content-Digest is not well formed."));
      if (g_str_equal (key, "sha-256"))
        {
          if (seen || !g_bytes_equal (digest, expected))
            return refuse (error, _ ("The content is not what the field Content-Digest says."));
          seen = TRUE;
        }
      p += strspn (p, " \t");
      if (*p == '\0')
        break;
      if (*p != ',')
        return refuse (error, _ ("The field Content-Digest is not well formed."));
      p++;
      p += strspn (p, " \t");
    }
  return seen || refuse (error, _ ("The field Content-Digest has no sha-256."));
}

/* --- the signature base (RFC 9421, section 2.5) --- */

static char *
derived_value (const MilSignatureMessage *message, const char *name)
{
  if (message->status != 0)
    return g_str_equal (name, "@status") ? g_strdup_printf ("%u", message->status) : NULL;
  if (g_str_equal (name, "@method"))
    return g_strdup (message->method);
  if (g_str_equal (name, "@authority"))
    return message->authority != NULL ? g_ascii_strdown (message->authority, -1) : NULL;
  if (g_str_equal (name, "@path"))
    return g_strdup (message->path != NULL && *message->path != '\0' ? message->path : "/");
  if (g_str_equal (name, "@query"))
    return g_strconcat ("?", message->query, NULL);
  return NULL;
}

static char *
component_value (const MilSignatureMessage *message, const char *name)
{
  const char *field;

  if (*name == '@')
    return derived_value (message, name);
  field = soup_message_headers_get_list (message->headers, name);
  return field != NULL ? g_strstrip (g_strdup (field)) : NULL;
}

static char *
make_base (const MilSignatureMessage *message, char **components, const char *parameters, GError **error)
{
  g_autoptr (GString) base = g_string_new (NULL);

  for (guint i = 0; components[i] != NULL; i++)
    {
      g_autofree char *value = component_value (message, components[i]);

      if (value == NULL || strpbrk (value, "\r\n") != NULL)
        {
          mil_error_set (error,
                         MIL_ERROR_UNAUTHENTICATED,
                         /* Translators: %s is the name of a header field, or of a part such as @path. */
                         _ ("The signature covers “%s”, which the message has not got."),
                         components[i]);
          return NULL;
        }
      g_string_append_printf (base, "\"%s\": %s\n", components[i], value);
    }
  g_string_append_printf (base, "\"@signature-params\": %s", parameters);
  return g_string_free_and_steal (g_steal_pointer (&base));
}

/* --- signing --- */

static GStrv
covered (const MilSignatureMessage *message)
{
  static const char *const fields[] = { "ucp-agent", "idempotency-key" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (message->status != 0)
    g_strv_builder_add (builder, "@status");
  else
    g_strv_builder_add_many (builder, "@method", "@authority", "@path", NULL);
  if (message->status == 0 && message->query != NULL)
    g_strv_builder_add (builder, "@query");
  if (message->body != NULL)
    g_strv_builder_add_many (builder, "content-digest", "content-type", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (soup_message_headers_get_one (message->headers, fields[i]) != NULL)
      g_strv_builder_add (builder, fields[i]);
  return g_strv_builder_end (builder);
}

static char *
write_parameters (char **components, gint64 created, const char *key_id, const char *nonce)
{
  GString *out = g_string_new ("(");

  for (guint i = 0; components[i] != NULL; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? " " : "", components[i]);
  g_string_append_printf (out, ");created=%" G_GINT64_FORMAT ";keyid=\"%s\";alg=\"" ALGORITHM "\"", created / G_USEC_PER_SEC, key_id);
  if (nonce != NULL)
    g_string_append_printf (out, ";nonce=\"%s\"", nonce);
  return g_string_free_and_steal (out);
}

/**
 * mil_signature_sign:
 * @message: what to sign; its headers get Content-Digest (when there is a body), Signature-Input and Signature
 * @key: a key that signs
 * @created: now, in microseconds
 * @nonce: (nullable): printable ASCII without quotes
 * @error: %MIL_ERROR_INVALID when there is a body without Content-Type, or the key does not sign
 *
 * Covers method, authority, path, query where there is one, digest and type of the body where there is
 * one, and the fields UCP-Agent and Idempotency-Key where they are there.
 *
 * Returns: whether the headers are complete
 */
gboolean
mil_signature_sign (const MilSignatureMessage *message, MilKey *key, gint64 created, const char *nonce, GError **error)
{
  g_auto (GStrv) components = NULL;
  g_autofree char *parameters = NULL;
  g_autofree char *base = NULL;
  g_autofree char *input = NULL;
  g_autofree char *text = NULL;
  g_autofree char *field = NULL;
  g_autoptr (GBytes) value = NULL;

  g_return_val_if_fail (message != NULL && message->headers != NULL && key != NULL, FALSE);
  g_return_val_if_fail (nonce == NULL || strpbrk (nonce, "\"\\") == NULL, FALSE);

  if (message->body != NULL)
    {
      g_autofree char *digest = mil_content_digest (message->body);

      soup_message_headers_replace (message->headers, "Content-Digest", digest);
    }
  components = covered (message);
  parameters = write_parameters (components, created, mil_key_id (key), nonce);
  base = make_base (message, components, parameters, error);
  if (base == NULL)
    return FALSE;
  value = mil_key_sign (key, base, strlen (base), error);
  if (value == NULL)
    return FALSE;
  text = g_base64_encode (g_bytes_get_data (value, NULL), g_bytes_get_size (value));
  input = g_strconcat (OUR_LABEL "=", parameters, NULL);
  field = g_strconcat (OUR_LABEL "=:", text, ":", NULL);
  soup_message_headers_replace (message->headers, "Signature-Input", input);
  soup_message_headers_replace (message->headers, "Signature", field);
  return TRUE;
}

/* --- reading --- */

/* `("@method" "content-type")`; components have no parameters of their own. */
static gboolean
read_components (const char **text, GStrv *components)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!mil_structured_skip (text, "("))
    return FALSE;
  while (!mil_structured_skip (text, ")"))
    {
      g_autofree char *name = NULL;

      if (g_hash_table_size (seen) == MAX_COMPONENTS
          || (g_hash_table_size (seen) > 0 && !mil_structured_skip (text, " "))
          || !mil_structured_string (text, &name) || *name == '\0' || strpbrk (name, "\"\\ ") != NULL)
        return FALSE;
      for (const char *p = name; *p != '\0'; p++)
        if (g_ascii_isupper (*p))
          return FALSE;
      g_strv_builder_add (builder, name);
      if (!g_hash_table_add (seen, g_steal_pointer (&name)))
        return FALSE;
    }
  *components = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_instant (const char **text, gint64 *microseconds)
{
  gint64 seconds;

  if (*microseconds != 0 || !mil_structured_integer (text, &seconds) || seconds <= 0 || seconds > G_MAXINT64 / G_USEC_PER_SEC)
    return FALSE;
  *microseconds = seconds * G_USEC_PER_SEC;
  return TRUE;
}

static gboolean
read_once (const char **text, char **string)
{
  return *string == NULL && mil_structured_string (text, string);
}

static gboolean
read_parameters (const char **text, MilSignature *self)
{
  g_autofree char *algorithm = NULL;
  g_autofree char *tag = NULL;

  while (mil_structured_skip (text, ";"))
    {
      g_autofree char *key = NULL;
      gboolean         good;

      if (!mil_structured_key (text, &key) || !mil_structured_skip (text, "="))
        return FALSE;
      if (g_str_equal (key, "created"))
        good = read_instant (text, &self->created);
      else if (g_str_equal (key, "expires"))
        good = read_instant (text, &self->expires);
      else if (g_str_equal (key, "keyid"))
        good = read_once (text, &self->key_id);
      else if (g_str_equal (key, "nonce"))
        good = read_once (text, &self->nonce);
      else if (g_str_equal (key, "tag"))
        good = read_once (text, &tag);
      else
        good = g_str_equal (key, "alg") && read_once (text, &algorithm) && g_str_equal (algorithm, ALGORITHM);
      if (!good)
        return FALSE;
    }
  return self->key_id != NULL;
}

static gboolean
read_input (const char *field, MilSignature *self)
{
  const char *p = field, *parameters;

  if (!mil_structured_key (&p, &self->label) || !mil_structured_skip (&p, "="))
    return FALSE;
  parameters = p;
  if (!read_components (&p, &self->components) || !read_parameters (&p, self) || *p != '\0')
    return FALSE;
  self->parameters = g_strdup (parameters);
  return TRUE;
}

static gboolean
read_value (const char *field, MilSignature *self)
{
  g_autofree char *label = NULL;
  const char      *p = field;

  return mil_structured_key (&p, &label) && g_str_equal (label, self->label) && mil_structured_skip (&p, "=")
         && mil_structured_bytes (&p, &self->value) && *p == '\0' && g_bytes_get_size (self->value) == 64;
}

/**
 * mil_signature_parse:
 * @headers: header fields
 * @error: %MIL_ERROR_UNAUTHENTICATED when there is no signature, or one that is not written as it must be
 *
 * Reads the one signature of a message. Strict: exactly one, ecdsa-p256-sha256, components without
 * parameters, no parameters but those of RFC 9421, section 2.3.
 *
 * Returns: (transfer full) (nullable): the signature, not verified yet
 */
MilSignature *
mil_signature_parse (SoupMessageHeaders *headers, GError **error)
{
  g_autoptr (MilSignature) self = g_new0 (MilSignature, 1);
  const char *input, *value;

  g_return_val_if_fail (headers != NULL, NULL);

  input = soup_message_headers_get_list (headers, "Signature-Input");
  value = soup_message_headers_get_list (headers, "Signature");
  if (input == NULL || value == NULL)
    refuse (error, _ ("The message is not signed."));
  else if (strlen (input) > MAX_FIELD || !read_input (input, self))
    refuse (error, _ ("The field Signature-Input is not well formed."));
  else if (strlen (value) > MAX_FIELD || !read_value (value, self))
    refuse (error, _ ("The field Signature is not well formed."));
  else
    return g_steal_pointer (&self);
  return NULL;
}

/* --- verifying --- */

/**
 * mil_signature_verify:
 * @self: a signature
 * @message: the message that it came with
 * @key: the key that it names
 * @error: %MIL_ERROR_UNAUTHENTICATED
 *
 * Verifies the signature and nothing else: not what it covers, not when it was made.
 *
 * Returns: whether @key signed that
 */
gboolean
mil_signature_verify (const MilSignature *self, const MilSignatureMessage *message, MilKey *key, GError **error)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (self != NULL && message != NULL && message->headers != NULL && key != NULL, FALSE);

  base = make_base (message, self->components, self->parameters, error);
  if (base == NULL)
    return FALSE;
  return mil_key_verify (key, base, strlen (base), self->value) || refuse (error, _ ("The signature is wrong."));
}

static gboolean
check_time (const MilSignature *self, gint64 now, GError **error)
{
  const gint64 skew = MIL_SIGNATURE_MAX_SKEW * G_USEC_PER_SEC;

  if (self->created == 0)
    return refuse (error, _ ("The signature does not say when it was made."));
  if (self->created < now - skew)
    return refuse (error, _ ("The signature is older than five minutes. Check the date and time of this device."));
  if (self->created > now + skew)
    return refuse (error, _ ("The signature is from the future. Check the date and time of this device."));
  if (self->expires != 0 && self->expires < now)
    return refuse (error, _ ("The signature is past its time."));
  return TRUE;
}

/**
 * mil_signature_check_request:
 * @self: a signature
 * @message: the request that it came with
 * @now: what time it is, in microseconds
 * @error: %MIL_ERROR_UNAUTHENTICATED
 *
 * Checks all that needs no key: that the signature covers what it must (as mil_signature_sign() does),
 * that the content is what its digest says, and that it was made within five minutes of now.
 *
 * Returns: whether it is worth looking up the key
 */
gboolean
mil_signature_check_request (const MilSignature *self, const MilSignatureMessage *message, gint64 now, GError **error)
{
  g_auto (GStrv) needed = NULL;

  g_return_val_if_fail (self != NULL && message != NULL && message->headers != NULL, FALSE);

  needed = covered (message);
  for (guint i = 0; needed[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) self->components, needed[i]))
      {
        mil_error_set (error,
                       MIL_ERROR_UNAUTHENTICATED,
                       /* Translators: %s is the name of a header field, or of a part such as @path. */
                       _ ("The signature does not cover “%s”."),
                       needed[i]);
        return FALSE;
      }
  if (message->body != NULL
      && !mil_content_digest_check (soup_message_headers_get_list (message->headers, "Content-Digest"),
                                    message->body,
                                    error))
    return FALSE;
  return check_time (self, now, error);
}

/**
 * mil_signature_check:
 * @message: a request as it came
 * @lookup: (scope call): finds keys
 * @data: what to give it
 * @clock: what time it is
 * @error: %MIL_ERROR_UNAUTHENTICATED
 *
 * All at once, where keys are at hand: parses, checks and verifies. Where they are not,
 * mil_signature_parse(), mil_signature_check_request() and mil_signature_verify() do the same in steps.
 * Who must not be replayed keeps @nonce for ten minutes.
 *
 * Returns: (transfer full) (nullable): the signature, verified
 */
MilSignature *
mil_signature_check (const MilSignatureMessage *message, MilSignatureLookup lookup, gpointer data, MilClock *clock, GError **error)
{
  g_autoptr (MilSignature) self = NULL;
  g_autoptr (MilKey) key = NULL;

  g_return_val_if_fail (message != NULL && message->headers != NULL && lookup != NULL && MIL_IS_CLOCK (clock), NULL);

  self = mil_signature_parse (message->headers, error);
  if (self == NULL || !mil_signature_check_request (self, message, mil_clock_now (clock), error))
    return NULL;
  key = lookup (self->key_id, data);
  if (key == NULL)
    {
      refuse (error, _ ("The key that signed this is not known here."));
      return NULL;
    }
  return mil_signature_verify (self, message, key, error) ? g_steal_pointer (&self) : NULL;
}
