from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    API_V1_STR: str = "/api/v1"
    users_path: str = Field(default="/users")
    internal: str = Field("/internal", alias="INTERNAL_PREFIX")

    @property
    def admin(self) -> str:
        return f"{self.API_V1_STR}/admin"


@lru_cache
def get_settings() -> Settings:
    return Settings()


settings = get_settings()
