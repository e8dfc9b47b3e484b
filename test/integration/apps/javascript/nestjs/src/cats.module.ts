import {
  All,
  Controller,
  Get,
  Module,
  Param,
  ParseIntPipe,
  Post,
  Sse,
  Version,
  type DynamicModule,
} from '@nestjs/common';
import { Crud } from './crud';

enum Paths {
  Raw = ':id/raw',
  Make = 'make',
}

@Controller(['cats', 'kittens'])
export class CatsController extends Crud {
  @Get(Paths.Raw)
  raw(@Param('id', ParseIntPipe) id: number) {
    return id;
  }

  @Post([Paths.Make, '/new/:kind'])
  @Version(['2', '3'])
  make() {
    return {};
  }

  @Sse('events')
  events() {
    return {};
  }

  @All('every')
  every() {
    return {};
  }

  override remove() {
    return { not: 'a route any more' };
  }
}

@Module({})
export class CatsModule {
  static forRoot(): DynamicModule {
    return { module: CatsModule, controllers: [CatsController] };
  }
}
