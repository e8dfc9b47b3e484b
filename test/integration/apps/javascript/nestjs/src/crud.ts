import { Delete, Get, applyDecorators, HttpCode } from '@nestjs/common';

export const Read = (path: string) => applyDecorators(HttpCode(200), Get(path));

export abstract class Crud {
  @Read(':id')
  one() {
    return {};
  }

  @Delete(':id')
  remove() {
    return {};
  }
}
