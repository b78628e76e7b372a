/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pay/mil-payment-code-private.h"

/* Addresses that wallets put into codes of their own: what stands behind them is known to the wallet alone. */
static const struct
{
  const char *scheme;
  const char *host; /* NULL: any */
  const char *path; /* what it starts with */
  const char *system;
} links[] = {
  { "https", "qr.alipay.com", "/", "alipay" },
  { "https", "global.alipay.com", "/", "alipay" },
  { "https", "qr.95516.com", "/", "unionpay" },
  { "https", "payapp.weixin.qq.com", "/", "wechat-pay" },
  { "https", "payapp.wechatpay.cn", "/", "wechat-pay" },
  { "weixin", "wxpay", "/bizpayurl", "wechat-pay" },
  { "wxp", NULL, "", "wechat-pay" },
  { "https", "qr.paypay.ne.jp", "/", "paypay" },
  { "https", "qr.kakaopay.com", "/", "kakaopay" },
  { "https", "paypal.me", "/", "paypal" },
  { "https", "www.paypal.com", "/qrcodes/", "paypal" },
};

static const char *
system_of (GUri *uri)
{
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    if (g_ascii_strcasecmp (g_uri_get_scheme (uri), links[i].scheme) == 0
        && (links[i].host == NULL || g_ascii_strcasecmp (g_uri_get_host (uri), links[i].host) == 0)
        && g_str_has_prefix (g_uri_get_path (uri), links[i].path))
      return links[i].system;
  return NULL;
}

/*
 * mil_payment_code_parse_link:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE for an address that is none of them
 */
MilPaymentCode *
mil_payment_code_parse_link (const char *text, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  const char     *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char     *system = NULL;
  MilPaymentCode *self;

  /* Who puts a name or a port before or behind the host wants it to look like another one. */
  if (host != NULL && *host != '\0' && g_uri_get_userinfo (uri) == NULL && g_uri_get_port (uri) == -1)
    system = system_of (uri);
  if (system == NULL)
    return mil_pay_code_badly_made (error);
  self = mil_pay_code_new (MIL_PAYMENT_CODE_LINK, system);
  self->account = g_strdup (text);
  self->warnings |= MIL_PAYMENT_CODE_ONLINE | MIL_PAYMENT_CODE_NO_NAME;
  return self;
}
