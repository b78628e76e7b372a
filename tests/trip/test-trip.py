#!/usr/bin/env python3
"""The trip, from first run to the refund in the wallet, in a real window on real parts.

test-trip.py INSTALL_PREFIX. Prints TAP. Between steps the app is quit or killed, and nothing may be lost.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from trip import Trip, draw_receipt, start_camera  # noqa: E402
from world import Failure, Reporter, World, tell_failure  # noqa: E402

def main():
    prefix = sys.argv[1]
    say = Reporter()
    world = World(os.path.join(prefix, 'bin'), [os.path.join(prefix, 'share')], locale='en_US.UTF-8')

    def failed():
        tell_failure(world, trip.app, 'trip')

    with world:
        try:
            trip = Trip(world, say.step('the window opens', world.start_app))
            step = lambda title, run: say.step(title, run, failed)  # noqa: E731
            step('first run asks and is done', trip.first_run)
            step('the shop shows products of the demo stores', lambda: trip.app.find('button', Trip.ITALIAN, 40))
            step('quit and start again: first run is not asked again', trip.restart)
            step('a product of an Italian store goes into the basket', lambda: trip.add_to_basket(Trip.ITALIAN))
            trip.back()
            step('searching finds another store', lambda: (trip.search('fan'), trip.app.find('button', Trip.JAPANESE), trip.clear_search()))
            step('a product of a Japanese store goes into the basket', lambda: trip.add_to_basket(Trip.JAPANESE))
            trip.back()
            step('killed and started again: the basket is as it was', lambda: (trip.restart(kill=True), trip.open_basket(),
                                                                              trip.app.see(Trip.ITALIAN)))
            step('checkout freezes the rate', trip.checkout)
            step('what is signed is shown before it is signed', trip.press_pay)
            step('one confirmation pays both stores', trip.confirm_pay)
            step('the orders are there', trip.keep_shopping)
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
            step('the claim is sent and the form issued', trip.claim)
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
