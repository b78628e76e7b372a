/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form.h"

#include "base/mil-country.h"
#include "refund/mil-exit-offer.h"

#include <glib/gi18n.h>

static void
add (MilVerdict *verdict, const char *code, const char *text)
{
  g_ptr_array_add (verdict->steps, mil_step_new (code, text));
}

static void
add_format (MilVerdict *verdict, const char *code, const char *format, const char *what)
{
  g_autofree char *text = g_strdup_printf (format, what);

  add (verdict, code, text);
}

static void
add_at_shop (MilVerdict *verdict, const MilRule *rule)
{
  const MilValidation *validation = &rule->validation;

  if (validation->system != NULL && validation->seller_files)
    add_format (verdict,
                "ask-shop",
                /* Translators: %s is the name of a customs system, such as DIVA. */
                _ ("Ask the shop to enter the purchase in %s; only the shop can. Show your passport."),
                validation->system);
  else if (validation->form != NULL)
    add_format (verdict,
                "get-form",
                /* Translators: %s is the name of a form, such as VAT407. */
                _ ("Ask the shop for the form %s. Show your passport."),
                validation->form);
  else
    add (verdict, "get-form", _ ("Ask the shop for a tax-free form. Show your passport."));
  add (verdict, "keep-unused", _ ("Keep the goods unused, with labels and receipts, until you have left."));
}

static void
add_baggage (MilVerdict *verdict, const MilContext *context)
{
  MilBaggage baggage = context->itinerary != NULL ? context->itinerary->baggage : MIL_BAGGAGE_UNKNOWN;

  if (baggage == MIL_BAGGAGE_CHECKED)
    add (verdict, "customs-before-bag-drop", _ ("Go to customs before you hand in your bag: the goods in it may have to be shown."));
  else if (baggage == MIL_BAGGAGE_CARRIED)
    add (verdict, "goods-at-hand", _ ("Have the goods in your hand luggage, ready to be shown."));
  else
    add (verdict, "goods-at-hand", _ ("Have the goods ready to be shown; if they travel in checked bags, go to customs before bag drop."));
}

static void
add_confirmation (MilVerdict *verdict, const MilRule *rule)
{
  const MilValidation *validation = &rule->validation;
  const char *system = validation->system != NULL ? validation->system : mil_country_name (rule->country);

  switch (validation->kind)
    {
    case MIL_VALIDATION_KIOSK:
      add_format (verdict, "scan-barcode", _ ("Scan the barcode of each form at a %s kiosk. If it does not turn green, go to the customs desk."), system);
      break;
    case MIL_VALIDATION_APP:
      add_format (verdict, "confirm-in-app", _ ("At the place of exit, confirm the export in the app %s."), system);
      break;
    case MIL_VALIDATION_TERMINAL:
      add (verdict, "scan-passport", _ ("Hold your passport to the customs terminal before you leave."));
      break;
    case MIL_VALIDATION_DESK:
      add (verdict, "customs-desk", _ ("Show form, goods, passport and ticket at the customs desk."));
      break;
    case MIL_VALIDATION_OPERATOR:
      add (verdict, "operator-desk", _ ("Show form, goods and passport at the desk of the refund operator."));
      break;
    case MIL_VALIDATION_STAMP:
    default:
      add (verdict, "stamp", _ ("Show form, goods, passport and ticket to customs and have the form stamped."));
    }
}

static void
add_paper (MilVerdict *verdict, const MilItem *item)
{
  const char *country = mil_country_name (item->leg->country);

  if (item->rule->validation.system != NULL)
    add_format (verdict,
                "print-form",
                /* Translators: %s is the name of a customs system, such as PABLO. */
                _ ("Have the form with you on paper: %s does not reach beyond its own country."),
                item->rule->validation.system);
  add_format (verdict,
              "paper-stamp",
              /* Translators: %s is the country in which the traveller leaves the European Union. */
              _ ("Show the paper form and the goods to customs in %s, where you leave the Union, and have it "
                 "stamped."),
              country != NULL ? country : item->leg->country);
}

static const char *
special_text (MilSpecialKind kind, const char **code)
{
  switch (kind)
    {
    case MIL_SPECIAL_SHOW_AGAIN_AIRSIDE:
      *code = "show-again-airside";
      return _ ("Show the valuable goods again at the refund desk behind passport control.");
    case MIL_SPECIAL_SEALED_BAG:
      *code = "sealed-bag";
      return _ ("Leave the goods in their sealed bag until you have left.");
    case MIL_SPECIAL_CUSTOMS_ONLY:
      *code = "customs-only";
      return _ ("This amount is confirmed by the customs themselves only, not by the operator's desk.");
    case MIL_SPECIAL_SERIAL_NUMBER:
      *code = "serial-number";
      return _ (
          "The form needs serial number and make of the dear pieces; see that the shop writes them down.");
    case MIL_SPECIAL_SHOW_TO_CUSTOMS:
    default:
      *code = "show-to-customs";
      return _ ("Goods of this value have to be shown to the customs officer, not just declared.");
    }
}

static gboolean
is_special (const MilSpecial *special, GPtrArray *items)
{
  gint64 sum = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const MilItem *item = items->pdata[i];

      for (guint p = 0; p < item->parts->len; p++)
        {
          const MilPart *part = &g_array_index (item->parts, MilPart, p);
          gint64         amount = special->over.basis == MIL_BASIS_EXCL ? part->net : part->amount;

          if (!(special->goods & MIL_GOODS_BIT (part->goods)))
            continue;
          sum = special->per_item ? MAX (sum, amount / MAX (part->quantity, 1)) : mil_add_saturating (sum, amount);
        }
    }
  if (!mil_money_is_set (special->over.amount))
    return sum > 0;
  return special->over.strict ? sum > special->over.amount.minor : sum >= special->over.amount.minor;
}

static void
add_specials (MilVerdict *verdict, GPtrArray *items, const MilRule *rule)
{
  for (guint i = 0; i < rule->goods.specials->len; i++)
    {
      const MilSpecial *special = &g_array_index (rule->goods.specials, MilSpecial, i);
      const char       *code, *text;

      if (!is_special (special, items))
        continue;
      text = special_text (special->kind, &code);
      add (verdict, code, text);
    }
}

/* Where the tax is not charged at all, nothing is collected. */
static const char *
method_text (const char *method)
{
  static const struct
  {
    const char *id;
    const char *text;
  } methods[] = {
    { "alipay", "Alipay" },
    { "card", NC_ ("refund method", "card") },
    { "cash", NC_ ("refund method", "cash") },
    { "cheque", NC_ ("refund method", "cheque") },
    { "digital-wallet", NC_ ("refund method", "digital wallet") },
    { "draft", NC_ ("refund method", "bank draft") },
    { "paypal", "PayPal" },
    { "transfer", NC_ ("refund method", "bank transfer") },
    { "wechat", "WeChat Pay" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (method, methods[i].id))
      return g_dpgettext2 (NULL, "refund method", methods[i].text);
  return NULL;
}

static char *
methods_text (const char *const *methods)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (; *methods != NULL; methods++)
    {
      const char *word = method_text (*methods);

      if (word == NULL)
        continue;
      if (text->len > 0)
        g_string_append (text, C_ ("between the words of a list", ", "));
      g_string_append (text, word);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_money (MilVerdict *verdict, const MilRule *rule)
{
  g_autofree char *methods = methods_text ((const char *const *) rule->payout.methods);

  if (rule->payout.tax_off)
    add (verdict, "keep-proof", _ ("Keep the confirmation: if the shop did not charge the tax, it can charge it when no export is confirmed."));
  else if (*methods != '\0')
    add_format (verdict,
                "collect-refund",
                /* Translators: %s is a list such as "card, cash, Alipay". */
                _ ("Collect the refund (%s), or send the form as its operator asks."),
                methods);
  else
    add (verdict, "collect-refund", _ ("Collect the refund, or send the form as its operator asks."));
}

/* Between neighbours who do not let each other's people off: the tax is paid at home, and then comes back by the shop. */
static void
add_import_tax (MilVerdict *verdict)
{
  add (verdict, "get-invoice", _ ("Ask the shop for an invoice with your name, your address and the tax. Show your passport."));
  add (verdict, "declare-at-home", _ ("When you come home, declare the goods to customs there and pay the tax on them."));
  add (verdict, "send-receipt", _ ("Send the receipt of that tax to the shop, which then gives you back the tax that you paid there."));
}

/**
 * mil_form_add_steps: (skip)
 * @verdict: the answer to add to
 * @items: (element-type MilItem): receipts of one form
 * @context: what the engine was given
 *
 * What to do, in walking order: at the shop, before bag drop, at the border, after it.
 */
void
mil_form_add_steps (MilVerdict *verdict, GPtrArray *items, const MilContext *context)
{
  const MilItem          *item = items->pdata[0];
  const MilRule          *rule = item->rule;
  const MilHomeThreshold *home = mil_item_home_threshold (item);

  if (home != NULL && home->import_tax)
    {
      add_import_tax (verdict);
      return;
    }
  add_at_shop (verdict, rule);
  add_baggage (verdict, context);
  if (item->leg_abroad)
    add_paper (verdict, item);
  else
    add_confirmation (verdict, rule);
  add_specials (verdict, items, rule);
  if (rule->deadlines.hours_after_approval > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("Leave within %u hour after the confirmation.",
                                                         "Leave within %u hours after the confirmation.",
                                                         rule->deadlines.hours_after_approval),
                                               rule->deadlines.hours_after_approval);

      add (verdict, "leave-soon", text);
    }
  add_money (verdict, rule);
}

static gboolean
is_electronic (const MilValidation *validation)
{
  return validation->system != NULL || validation->kind == MIL_VALIDATION_KIOSK
         || validation->kind == MIL_VALIDATION_APP || validation->kind == MIL_VALIDATION_TERMINAL;
}

/* Another border of the trip in the country whose tax it is, if it has one. */
static const MilExit *
own_border (const MilItem *item, const MilContext *context)
{
  const GPtrArray *exits = context->itinerary->exits;

  for (guint i = 0; i < exits->len; i++)
    {
      const MilExit *leg = exits->pdata[i];

      if (g_strcmp0 (leg->country, item->rule->country) == 0)
        return leg;
    }
  return NULL;
}

/**
 * mil_form_add_exit_hint: (skip)
 * @verdict: the answer to add to
 * @items: (element-type MilItem): receipts of one form
 * @context: what the engine was given
 *
 * National systems do not reach beyond their own country: whoever leaves the Union by it needs no paper.
 */
void
mil_form_add_exit_hint (MilVerdict *verdict, GPtrArray *items, const MilContext *context)
{
  const MilItem   *item = items->pdata[0];
  const MilExit   *own;
  MilHint         *hint;
  g_autofree char *there = NULL, *here = NULL;

  if (!item->leg_abroad || item->leg == NULL || !is_electronic (&item->rule->validation))
    return;
  own = own_border (item, context);
  hint = mil_hint_new ("leave-from");
  hint->exit_country = g_strdup (item->rule->country);
  hint->exit_point = own != NULL ? g_strdup (own->point) : NULL;
  there = mil_exit_offer_place (&(MilExit) { .country = hint->exit_country, .point = hint->exit_point });
  here = mil_exit_offer_place (item->leg);
  hint->text = g_strdup_printf (
      /* Translators: both %s are places such as "France (CDG)" or "Italy". */
      _ ("If you leave the Union from %s instead of %s, the export is confirmed there electronically, "
         "without paper."),
      there,
      here);
  g_ptr_array_add (verdict->hints, hint);
}

/**
 * mil_form_add_show: (skip)
 * @verdict: the answer to add to
 * @items: (element-type MilItem): receipts of one form
 *
 * The goods that have to be at hand: one that is missing may cost the whole form.
 */
void
mil_form_add_show (MilVerdict *verdict, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const MilItem *item = items->pdata[i];

      for (guint p = 0; p < item->parts->len; p++)
        {
          const MilPart   *part = &g_array_index (item->parts, MilPart, p);
          g_autofree char *price = NULL;

          if (part->amount <= 0)
            continue;
          price = mil_money_format (mil_money (part->amount, item->rule->currency), MIL_MONEY_PLAIN);
          g_ptr_array_add (verdict->show,
                           g_strdup_printf ("%s, %s", part->label != NULL ? part->label : mil_goods_label (part->goods), price));
        }
    }
}
