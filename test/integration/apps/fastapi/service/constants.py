API = "/api"
VERSION = f"{API}/v2"
ITEMS = "/items"
