/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "protocol/mil-structured.h"

#include <string.h>

/*
 * mil_structured_skip:
 * @text: (inout): where to read
 * @token: what must stand there
 */
gboolean
mil_structured_skip (const char **text, const char *token)
{
  if (!g_str_has_prefix (*text, token))
    return FALSE;
  *text += strlen (token);
  return TRUE;
}

/*
 * mil_structured_key:
 * @text: (inout): where to read
 * @key: (out): the name of a member or parameter (RFC 9651, section 4.2.3.3)
 */
gboolean
mil_structured_key (const char **text, char **key)
{
  const char *p = *text;

  if (!g_ascii_islower (*p) && *p != '*')
    return FALSE;
  while (g_ascii_islower (*p) || g_ascii_isdigit (*p) || (*p != '\0' && strchr ("_-.*", *p) != NULL))
    p++;
  *key = g_strndup (*text, p - *text);
  *text = p;
  return TRUE;
}

/*
 * mil_structured_string:
 * @text: (inout): where to read
 * @string: (out): a string without its quotes (section 4.2.5)
 */
gboolean
mil_structured_string (const char **text, char **string)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = *text;

  if (*p++ != '"')
    return FALSE;
  for (; *p != '"'; p++)
    {
      if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
        p++;
      else if (*p == '\\' || *p < 0x20 || *p > 0x7e)
        return FALSE;
      g_string_append_c (out, *p);
    }
  *string = g_string_free_and_steal (g_steal_pointer (&out));
  *text = p + 1;
  return TRUE;
}

/*
 * mil_structured_integer:
 * @text: (inout): where to read
 * @integer: (out): at most 15 digits (section 4.2.4)
 */
gboolean
mil_structured_integer (const char **text, gint64 *integer)
{
  const char *p = *text;
  gboolean    negative = *p == '-';
  gint64      value = 0;
  guint       n = 0;

  for (p += negative; g_ascii_isdigit (*p); p++, n++)
    {
      if (n == 15)
        return FALSE;
      value = value * 10 + (*p - '0');
    }
  if (n == 0 || *p == '.')
    return FALSE;
  *integer = negative ? -value : value;
  *text = p;
  return TRUE;
}

static gboolean
is_base64 (const char *text, gsize length)
{
  gsize padding = 0;

  if (length % 4 != 0)
    return FALSE;
  while (padding < 2 && padding < length && text[length - padding - 1] == '=')
    padding++;
  for (gsize i = 0; i < length - padding; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
      return FALSE;
  return TRUE;
}

/*
 * mil_structured_bytes:
 * @text: (inout): where to read
 * @bytes: (out): a byte sequence, `:base64:` (section 4.2.7)
 */
gboolean
mil_structured_bytes (const char **text, GBytes **bytes)
{
  g_autofree char *inner = NULL;
  const char      *end;
  guchar          *data;
  gsize            size;

  if (**text != ':')
    return FALSE;
  end = strchr (*text + 1, ':');
  if (end == NULL || !is_base64 (*text + 1, end - *text - 1))
    return FALSE;
  inner = g_strndup (*text + 1, end - *text - 1);
  data = g_base64_decode (inner, &size);
  *bytes = g_bytes_new_take (data, size);
  *text = end + 1;
  return TRUE;
}
