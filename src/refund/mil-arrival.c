/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-arrival.h"

#include <glib/gi18n.h>

/* Tenths of a per cent of @base, to the nearest; -1 where that cannot be said. */
static gint64
per_mille (gint64 part, gint64 base)
{
  gint64 thousandfold = 0;

  if (base <= 0 || part < 0 || __builtin_mul_overflow (part, 1000, &thousandfold)
      || __builtin_add_overflow (thousandfold, base / 2, &thousandfold))
    return -1;
  return thousandfold / base;
}

/* A number of per cent without decimals where it has none. */
static char *
per_cent_text (gint64 tenths)
{
  if (tenths % 10 == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, tenths / 10);
  /* Translators: a number with one decimal: put your decimal separator in the middle. */
  return g_strdup_printf (C_ ("decimal number", "%d.%d"), (int) (tenths / 10), (int) (tenths % 10));
}

static char *
amount_range (MilMoney low, MilMoney high)
{
  g_autofree char *least = mil_money_format (low, MIL_MONEY_PLAIN);
  g_autofree char *most = NULL;

  if (low.minor == high.minor)
    return g_steal_pointer (&least);
  most = mil_money_format (high, MIL_MONEY_PLAIN);
  /* Translators: a range of amounts of money, the lower one first. */
  return g_strdup_printf (C_ ("range of amounts", "%s – %s"), least, most);
}

static char *
share_range (gint64 low, gint64 high)
{
  g_autofree char *least = per_cent_text (low);
  g_autofree char *most = NULL;

  if (low == high)
    return g_steal_pointer (&least);
  most = per_cent_text (high);
  /* Translators: a range of numbers of per cent, the lower one first; the sign follows. */
  return g_strdup_printf (C_ ("range of per cents", "%s – %s"), least, most);
}

/**
 * mil_arrival_text:
 * @paid: what was paid, tax included
 * @tax: the tax contained in what qualifies
 * @low: least that arrives
 * @high: most that arrives
 *
 * What arrives in plain words, in per cent of the price without tax, as tax rates are told: "You receive
 * 12 %, not 20 %: the operator keeps €8.00."
 *
 * Returns: (transfer full) (nullable): the sentence; %NULL where the amounts do not belong together
 */
char *
mil_arrival_text (MilMoney paid, MilMoney tax, MilMoney low, MilMoney high)
{
  MilMoney         net = { 0 }, kept_most = { 0 }, kept_least = { 0 };
  gint64           rate = 0, share_low = 0, share_high = 0;
  g_autofree char *rate_text = NULL;
  g_autofree char *share = NULL;
  g_autofree char *kept = NULL;

  if (!mil_money_is_set (paid) || !mil_money_is_set (tax) || !mil_money_is_set (low)
      || !mil_money_is_set (high) || tax.minor <= 0 || low.minor < 0 || high.minor < low.minor
      || high.minor > tax.minor || !mil_money_subtract (paid, tax, &net, NULL)
      || !mil_money_subtract (tax, low, &kept_most, NULL) || !mil_money_subtract (tax, high, &kept_least, NULL))
    return NULL;
  rate = per_mille (tax.minor, net.minor);
  share_low = per_mille (low.minor, net.minor);
  share_high = per_mille (high.minor, net.minor);
  if (rate < 0 || share_low < 0 || share_high < 0)
    return NULL;
  rate_text = per_cent_text (rate);
  if (kept_most.minor == 0)
    /* Translators: %s is a number, of per cent. */
    return g_strdup_printf (_ ("You receive all of the tax, %s %%: nobody keeps a part of it."), rate_text);
  share = share_range (share_low, share_high);
  kept = amount_range (kept_least, kept_most);
  /* Translators: the first two are numbers of per cent, the last an amount of money. */
  return g_strdup_printf (_ ("You receive %s %%, not %s %%: the operator keeps %s."), share, rate_text, kept);
}
