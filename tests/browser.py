"""A real browser: Chromium without a window, where it is installed."""

import shutil
import subprocess

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def as_built(page, folder):
    """Return the document of a page as the browser builds it."""
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", f"--user-data-dir={folder / 'user'}"]
    return subprocess.run([*command, page.as_uri()], capture_output=True, check=True, timeout=120).stdout.decode()
