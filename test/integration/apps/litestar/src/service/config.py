from dataclasses import dataclass


@dataclass
class Settings:
    version: int = 3
    base: str = "/api"


settings = Settings()
API_PATH = f"{settings.base}/v{settings.version}"
