/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-shop-mail.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <libportal/portal.h>

#include "app/mil-toast.h"

/* A mail that is being handed to the person's mail program. */
typedef struct
{
  GtkWidget     *widget; /* (owned) */
  MilClaimPaper *paper;  /* (owned) */
  char          *folder; /* (owned) */
  char          *path;   /* (owned) */
} Mail;

static void
mail_free (Mail *mail)
{
  if (mail->path != NULL)
    g_unlink (mail->path);
  if (mail->folder != NULL)
    g_rmdir (mail->folder);
  g_object_unref (mail->widget);
  mil_claim_paper_unref (mail->paper);
  g_free (mail->folder);
  g_free (mail->path);
  g_free (mail);
}

static void
launched_cb (GObject *launcher, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (launcher), result, NULL))
    mil_toast (widget, _ ("Save the PDF too, and attach it to the mail."));
  else
    mil_toast (widget, _ ("No mail program answered. Save the PDF and hand it to the shop."));
}

/* RFC 6068 knows no attachments. */
static void
launch (GtkWidget *widget, MilClaimPaper *paper)
{
  g_autofree char *subject = g_uri_escape_string (paper->subject, NULL, FALSE);
  g_autofree char *body = g_uri_escape_string (paper->body, NULL, FALSE);
  g_autofree char *uri = g_strdup_printf ("mailto:?subject=%s&body=%s", subject, body);
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, launched_cb, g_object_ref (widget));
}

static void
composed_cb (GObject *portal, GAsyncResult *result, gpointer data)
{
  Mail *mail = data;
  g_autoptr (GError) error = NULL;

  if (!xdp_portal_compose_email_finish (XDP_PORTAL (portal), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_message ("No portal takes mails: %s", error->message);
      launch (mail->widget, mail->paper);
    }
  mail_free (mail);
}

static void
compose (Mail *mail)
{
  g_autoptr (XdpPortal) portal = xdp_portal_new ();
  const char *address = mail->paper->form->seller.email;
  const char *addresses[] = { address, NULL };
  const char *attachments[] = { mail->path, NULL };

  xdp_portal_compose_email (portal,
                            NULL,
                            address != NULL ? addresses : NULL,
                            NULL,
                            NULL,
                            mail->paper->subject,
                            mail->paper->body,
                            attachments,
                            XDP_EMAIL_FLAG_NONE,
                            NULL,
                            composed_cb,
                            mail);
}

static void
started_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  Mail *mail = data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);

  if (answer != NULL)
    {
      compose (mail);
      return;
    }
  launch (mail->widget, mail->paper);
  mail_free (mail);
}

/* libportal takes it for granted that there is a portal. */
static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Mail *mail = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    {
      launch (mail->widget, mail->paper);
      mail_free (mail);
      return;
    }
  g_dbus_connection_call (bus,
                          "org.freedesktop.DBus",
                          "/org/freedesktop/DBus",
                          "org.freedesktop.DBus",
                          "StartServiceByName",
                          g_variant_new ("(su)", "org.freedesktop.portal.Desktop", 0),
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          started_cb,
                          mail);
}

static void
written_cb (GObject *file, GAsyncResult *result, gpointer data)
{
  Mail *mail = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    {
      g_bus_get (G_BUS_TYPE_SESSION, NULL, connected_cb, mail);
      return;
    }
  mil_toast (mail->widget, error->message);
  mail_free (mail);
}

/**
 * mil_shop_mail_write:
 * @widget: where the person is
 * @paper: a letter to a shop
 *
 * Opens the person's mail program with a mail in the language of the shop, the letter attached. Where there
 * is no portal for that, the mail is opened without it and the person is told to attach it.
 */
void
mil_shop_mail_write (GtkWidget *widget, MilClaimPaper *paper)
{
  Mail *mail;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget) && paper != NULL);

  mail = g_new0 (Mail, 1);
  mail->widget = g_object_ref (widget);
  mail->paper = mil_claim_paper_ref (paper);
  mail->folder = g_dir_make_tmp ("milione-XXXXXX", &error);
  if (mail->folder == NULL)
    {
      mil_toast (widget, error->message);
      mail_free (mail);
      return;
    }
  mail->path = g_build_filename (mail->folder, paper->file_name, NULL);
  file = g_file_new_for_path (mail->path);
  g_file_replace_contents_bytes_async (file, paper->pdf, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, written_cb, mail);
}
