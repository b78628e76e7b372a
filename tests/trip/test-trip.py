#!/usr/bin/env python3
"""The trip, from first run to the refund in the wallet, in a real window on real parts.

test-trip.py INSTALL_PREFIX. Prints TAP. Between steps the app is quit or killed, and nothing may be lost.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from trip import Trip, draw_receipt, start_camera  # noqa: E402
from world import Failure, Reporter, World, tell_failure, wait_until  # noqa: E402

class Keyboard(Trip):
    """Somebody without a mouse."""

    def among_products(self):
        """Arrows go from card to card, and the products are one stop of the Tab key, however many there are."""
        self.tab_to('^Search$', 'shift+Tab')
        self.tab_to('^Favourite: ', 'shift+Tab', 1)
        self.world.key('shift+Tab')
        first = self.holds('€|£|¥|₩')
        self.world.key('Right')
        wait_until('the next card', lambda: (now := self.focus()) and now.role == 'button' and now.path != first.path)
        self.world.key('Tab')
        self.holds('^Favourite: ')
        self.world.key('Tab')
        self.holds('^Search$')

    def in_the_basket(self):
        """It takes the keyboard; Esc closes it, and not the page below, which has the keyboard again."""
        self.add_to_basket(Trip.ITALIAN)
        before = self.holds('.')
        self.world.key('ctrl+b')
        self.holds('^One less: ')
        self.world.key('Escape')
        self.app.gone('button', '^Checkout$')
        self.app.find('button', '^Add to Basket$')
        wait_until('the keyboard where it was', lambda: (now := self.focus()) and now.path == before.path)

    def go_to_checkout(self):
        """In a narrow window, where the basket is a sheet."""
        self.world.resize(360, 720)
        self.app.gone('button', '^Close the basket$')
        self.tab_to('^Checkout$')
        self.world.key('Return')
        self.holds('^Pay .', 30)

    def look_at_what_is_signed(self):
        self.world.key('Return')
        self.app.see('You sign exactly this')

    def sign(self):
        self.world.key('Return')
        self.app.see('All paid', 40)
        self.holds('^Keep Shopping$')

    def go_on_shopping(self):
        """Esc leads to the basket, which is empty now, and its button to the shop."""
        self.world.key('Escape')
        self.holds('^Go Shopping$')
        self.world.key('Return')
        self.app.gone('button', '^Go Shopping$')
        self.holds('.')
        self.world.resize(1280, 800)

    def claim_by_key(self):
        self.tab_to('^Claim the tax back$')
        self.world.key('Return')
        self.app.see('Show this at the customs desk', 30)
        wait_until('the keyboard on the claim', self.focus)


def main():
    prefix = sys.argv[1]
    say = Reporter()
    world = World(os.path.join(prefix, 'bin'), [os.path.join(prefix, 'share')], locale='en_US.UTF-8')

    def failed():
        tell_failure(world, trip.app, 'trip')

    with world:
        try:
            trip = Keyboard(world, say.step('the window opens', world.start_app))
            step = lambda title, run: say.step(title, run, failed)  # noqa: E731
            step('first run asks and is done', trip.first_run)
            step('the shop shows products of the demo stores', lambda: trip.app.find('button', Trip.ITALIAN, 40))
            step('arrows go from card to card, Tab past them all', trip.among_products)
            step('quit and start again: first run is not asked again', trip.restart)
            step('a product of an Italian store goes into the basket, which takes the keyboard and gives it back', trip.in_the_basket)
            trip.back()
            step('searching finds another store', lambda: (trip.search('fan'), trip.app.find('button', Trip.JAPANESE), trip.clear_search()))
            step('a product of a Japanese store goes into the basket', lambda: trip.add_to_basket(Trip.JAPANESE))
            trip.back()
            step('killed and started again: the basket is as it was', lambda: (trip.restart(kill=True), trip.open_basket(),
                                                                              trip.app.see(Trip.ITALIAN)))
            step('checkout freezes the rate', trip.go_to_checkout)
            step('what is signed is shown before it is signed', trip.look_at_what_is_signed)
            step('one confirmation pays both stores', trip.sign)
            step('the orders are there', trip.go_on_shopping)
            step('the wallet shows the payments', lambda: (trip.go('wallet'), trip.app.see('Bottega Lume')))
            step('the ledger balances', lambda: trip.world.tool('milione-service', 'audit'))
            step('a trip is planned', lambda: (trip.open_trip_dialog(), trip.fill_trip(), trip.app.see('Italy')))
            # Not before the trip, also when a new day begins meanwhile.
            receipt = draw_receipt(world)
            camera = step('a camera is connected', lambda: start_camera(world, receipt))
            step('the camera takes the receipt by itself', trip.scan_receipt)
            step('it is read: shop, date and total', trip.check_reading)
            step('killed while it is open: nothing is lost', lambda: (trip.restart(kill=True), trip.open_receipt(),
                                                                     trip.check_reading()))
            step('the verdict says what comes back', lambda: trip.app.see('Claim the tax back'))
            step('the claim is sent and the form issued', trip.claim_by_key)
            step('customs validates beside the open window', trip.validate)
            step('the window shows it without being asked', lambda: trip.app.see('Money in your wallet|in your wallet', 30))
            step('the refund lands in the wallet', lambda: (trip.go('wallet'), trip.app.see('Tax refund', 30)))
            step('the ledger balances still', lambda: trip.world.tool('milione-service', 'audit'))
            camera.stdin.close()
            step('it quits when told to', world.quit_app)
        except Failure:
            pass
        finally:
            say.done()
    sys.exit(1 if say.failed else 0)


main()
