from shop import main

app = main({}, **{"shop.prefix": "/v2"})
