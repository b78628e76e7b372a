#!/usr/bin/env python3
"""A webcam that is not there: PipeWire, its session manager, and a video source that shows a picture.

virtual-camera.py PICTURE.png [--width 1280] [--height 720] [--rate 10]

Prints `ready` when the camera can be used, then takes commands, one a line, on standard input:
`show PICTURE.png` changes what it shows, `unplug` takes the camera away, `plug` brings it back, `quit`
ends it. Without standard input it goes on until it is ended. It wants XDG_RUNTIME_DIR and a session bus.
"""
import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time


def wait_for(what, probe, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if probe():
            return
        time.sleep(0.1)
    raise SystemExit(f'virtual-camera: {what} did not come')


class Camera:
    def __init__(self, picture, width, height, rate):
        self.width, self.height, self.rate = width, height, rate
        self.children = []
        self.source = None
        self.lock = threading.Lock()
        threading.Thread(target=self.keep, daemon=True).start()
        # The source reads one file over and over, so that the picture can be changed under it.
        self.frame = os.path.join(tempfile.mkdtemp(prefix='mil-camera-'), 'frame.png')
        self.show(picture)

    def spawn(self, *command):
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.children.append(child)
        return child

    def show(self, picture):
        # On a dark table, as large as fits.
        subprocess.run(['convert', '-size', f'{self.width}x{self.height}', 'xc:#3a3532', '(', picture, '-resize',
                        f'{int(self.width * .92)}x{int(self.height * .94)}', ')', '-gravity', 'center', '-composite',
                        '-depth', '8', 'PNG24:' + self.frame + '.part'], check=True)
        os.rename(self.frame + '.part', self.frame)
        if self.source is not None:
            self.unplug()
            self.plug()

    def start_pipewire(self):
        socket = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'pipewire-0')
        if not os.path.exists(socket):
            self.spawn('pipewire')
            wait_for('PipeWire', lambda: os.path.exists(socket))
            self.spawn('wireplumber')
            time.sleep(1)

    def listed(self):
        done = subprocess.run(['pw-cli', 'ls', 'Node'], capture_output=True, text=True)
        return 'milione-camera' in done.stdout

    def start_source(self):
        properties = ('props,media.class=Video/Source,media.role=Camera,node.name=milione-camera,'
                      'node.description=Milione-test-camera')
        # Converted once and not for each frame: on a busy machine a webcam does not get slower either.
        self.source = subprocess.Popen(
            ['gst-launch-1.0', '-q', 'filesrc', f'location={self.frame}', '!', 'pngdec', '!', 'videoconvert', '!',
             f'video/x-raw,format=YUY2,width={self.width},height={self.height}', '!', 'imagefreeze', 'is-live=true', '!',
             f'video/x-raw,framerate={self.rate}/1', '!', 'identity', 'drop-allocation=true', '!', 'pipewiresink', 'mode=provide', f'stream-properties={properties}'],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def keep(self):
        """pipewiresink ends with an error when a viewer goes away in the middle of a frame; a webcam does not."""
        while True:
            time.sleep(0.2)
            with self.lock:
                if self.source is not None and self.source.poll() is not None:
                    self.start_source()

    def plug(self):
        with self.lock:
            if self.source is None:
                self.start_source()
        wait_for('the camera', self.listed)

    def unplug(self):
        with self.lock:
            source, self.source = self.source, None
        if source is None:
            return
        source.terminate()
        source.wait()
        wait_for('the end of the camera', lambda: not self.listed())

    def stop(self):
        self.unplug()
        for child in reversed(self.children):
            child.terminate()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('picture')
    parser.add_argument('--width', type=int, default=1280)
    parser.add_argument('--height', type=int, default=720)
    parser.add_argument('--rate', type=int, default=10)
    options = parser.parse_args()
    camera = Camera(options.picture, options.width, options.height, options.rate)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        camera.start_pipewire()
        camera.plug()
        print('ready', flush=True)
        for line in sys.stdin:
            word, _, rest = line.strip().partition(' ')
            if word == 'show':
                camera.show(rest)
            elif word == 'unplug':
                camera.unplug()
            elif word == 'plug':
                camera.plug()
            elif word == 'quit':
                return
            print('ready', flush=True)
        while True:
            time.sleep(3600)
    finally:
        camera.stop()


main()
