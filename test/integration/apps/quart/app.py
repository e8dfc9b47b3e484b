from quart import Quart
from service import create_app

app: Quart = create_app()
