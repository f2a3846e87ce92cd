# SPDX-License-Identifier: Apache-2.0
"""Headless Chromium, for the scripts that look at pages of the kit as a person would. Screenshots are kept in the folder
that SCREENSHOTS names."""
import base64
import json
import os
import subprocess
import urllib.error
import urllib.request

SCREENSHOTS = os.environ.get("SCREENSHOTS")


class NoBrowser(Exception):
    """The browser does not start: that is the machine's, not the project's."""


class Browser:
    """As much of WebDriver as is needed."""

    def __init__(self, width, height, dark):
        self.process = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if "successfully on port" in line:
                self.url = "http://127.0.0.1:%d" % int(line.rstrip().rstrip(".").rsplit(" ", 1)[1])
                break
        try:
            self.start(width, height, dark)
        except BaseException:
            self.end()
            raise

    def start(self, width, height, dark):
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
                   "--window-size=%d,%d" % (max(width, 500), height)]
        if dark:
            options.append("--force-dark-mode")
        wanted = {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": {"args": options},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}}
        for _ in range(3):  # on a busy machine the first may be too slow for the driver
            try:
                answer = self.call("POST", "/session", wanted)
                break
            except (RuntimeError, OSError) as error:
                failure = error
        else:
            raise NoBrowser(str(failure)[:300])
        self.session = "/session/" + answer["sessionId"]
        self.command("Emulation.setDeviceMetricsOverride",
                     {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})
        self.command("Emulation.setEmulatedMedia",
                     {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    def call(self, method, path, data=None):
        request = urllib.request.Request(self.url + path, method=method,
                                         data=None if data is None else json.dumps(data).encode(),
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from None

    def command(self, name, parameters):
        return self.call("POST", self.session + "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def open(self, path):
        self.call("POST", self.session + "/url", {"url": path})

    def reload(self):
        self.call("POST", self.session + "/refresh", {})

    def script(self, text):
        return self.call("POST", self.session + "/execute/sync", {"script": text, "args": []})

    def element(self, selector):
        found = self.call("POST", self.session + "/element", {"using": "css selector", "value": selector})
        return self.session + "/element/" + next(iter(found.values()))

    def click(self, selector):
        self.call("POST", self.element(selector) + "/click", {})

    def type(self, selector, text):
        self.call("POST", self.element(selector) + "/value", {"text": text})

    def complaints(self):
        """Console errors, and addresses that were asked for besides the page."""
        found = [e["message"] for e in self.call("POST", self.session + "/se/log", {"type": "browser"})]
        for entry in self.call("POST", self.session + "/se/log", {"type": "performance"}):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                address = message["params"]["request"]["url"]
                if not address.startswith(("file:", "data:")):
                    found.append("asked for " + address)
        return found

    def screenshot(self, name):
        if SCREENSHOTS:
            os.makedirs(SCREENSHOTS, exist_ok=True)
            with open(os.path.join(SCREENSHOTS, name + ".png"), "wb") as file:
                file.write(base64.b64decode(self.call("GET", self.session + "/screenshot")))

    def close(self):
        try:
            self.call("DELETE", self.session)
        finally:
            self.end()

    def end(self):
        self.process.terminate()
        self.process.wait()
