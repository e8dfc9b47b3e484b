import { checkLayouts } from './checkLayouts';

checkLayouts('nestjs', [
  {
    says: 'controllers of modules that modules import, a global prefix with exclusions, parameters with pipes',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { RequestMethod } from '@nestjs/common';
import { AppModule } from './app.module';
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('api', { exclude: ['health', { path: 'cats/:id/raw', method: RequestMethod.GET }] });
  await app.listen(3000);
}
bootstrap();
`,
      'src/app.module.ts': `import { Module } from '@nestjs/common';
import { CatsModule } from './cats/cats.module';
import { HealthController } from './health.controller';
@Module({ imports: [CatsModule.forRoot()], controllers: [HealthController] })
export class AppModule {}
`,
      'src/health.controller.ts': `import { Controller, Get } from '@nestjs/common';
@Controller('health')
export class HealthController {
  @Get() check() { return 'ok'; }
}
`,
      'src/cats/cats.module.ts': `import { Module, DynamicModule } from '@nestjs/common';
import { CatsController } from './cats.controller';
@Module({})
export class CatsModule {
  static forRoot(): DynamicModule { return { module: CatsModule, controllers: [CatsController] }; }
}
`,
      'src/cats/cats.controller.ts': `import { All, Controller, Get, Param, ParseIntPipe, ParseUUIDPipe, Post, Query, DefaultValuePipe, UseGuards } from '@nestjs/common';
@Controller(['cats', 'kittens'])
export class CatsController {
  constructor(private readonly service: CatsService) {}
  @UseGuards(Guard)
  @Get(':id')
  one(@Param('id', ParseIntPipe) id: number, @Query('page', new DefaultValuePipe(1), ParseIntPipe) page: number) {}
  @Get(':id/raw') raw(@Param('id', new ParseUUIDPipe()) id: string) {}
  @Post(['a', '/b']) make() {}
  @All('*') rest() {}
  helper() {}
}
`,
    },
    routes: [
      'GET /health src/health.controller.ts:4 HealthController.check',
      ...['cats', 'kittens'].flatMap((name) => [
        `GET /api/${name}/{id} src/cats/cats.controller.ts:7 CatsController.one`,
        `POST /api/${name}/a src/cats/cats.controller.ts:9 CatsController.make`,
        `POST /api/${name}/b src/cats/cats.controller.ts:9 CatsController.make`,
        `ANY /api/${name}/{0*} src/cats/cats.controller.ts:10 CatsController.rest`,
      ]),
      'GET /cats/{id}/raw src/cats/cats.controller.ts:8 CatsController.raw',
      'GET /api/kittens/{id}/raw src/cats/cats.controller.ts:8 CatsController.raw',
    ],
  },
  {
    says: 'versions in the path by class, method and default, a neutral one, and RouterModule below them',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { VersioningType } from '@nestjs/common';
import { AppModule } from './app.module';
export async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  app.setGlobalPrefix(process.env.PREFIX ?? 'api');
  await app.listen(process.env.PORT || 3000);
}
`,
      'src/app.module.ts': `import { Module } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { AdminModule, UsersModule } from './modules';
@Module({ imports: [AdminModule, RouterModule.register([{ path: 'admin', module: AdminModule, children: [{ path: 'users', module: UsersModule }] }])] })
export class AppModule {}
`,
      'src/modules.ts': `import { Controller, Get, Module, Version, VERSION_NEUTRAL } from '@nestjs/common';
@Controller({ path: 'list', version: ['2', '3'] })
class UsersController {
  @Get() list() {}
  @Version('4') @Get('new') fresh() {}
}
@Controller({ version: VERSION_NEUTRAL })
class AdminController { @Get('up') up() {} }
@Controller('plain')
class PlainController { @Get() get() {} }
@Module({ controllers: [UsersController] })
export class UsersModule {}
@Module({ imports: [UsersModule], controllers: [AdminController, PlainController] })
export class AdminModule {}
`,
    },
    routes: [
      'GET /api/v2/admin/users/list src/modules.ts:4 UsersController.list',
      'GET /api/v3/admin/users/list src/modules.ts:4 UsersController.list',
      'GET /api/v4/admin/users/list/new src/modules.ts:5 UsersController.fresh',
      'GET /api/admin/up src/modules.ts:8 AdminController.up',
      'GET /api/v1/admin/plain src/modules.ts:10 PlainController.get',
    ],
    notes: ['process.env.PREFIX decides a part of the path when the program runs; "api" is its default in the code.'],
  },
  {
    says: 'inherited controllers, custom decorators made of others, enums, and settings with a default',
    files: {
      'apps/api/src/main.ts': `import { NestFactory } from '@nestjs/core';
import { ConfigService } from '@nestjs/config';
import { AppModule } from './app.module';
(async () => {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bufferLogs: true });
  const config = app.get(ConfigService);
  app.setGlobalPrefix(config.get<string>('app.prefix'));
  await app.listen(config.get('PORT', 3000));
})();
`,
      'apps/api/src/app.module.ts': `import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import appConfig from './app.config';
import { BooksController } from './books';
@Module({ imports: [ConfigModule.forRoot({ load: [appConfig] })], controllers: [BooksController] })
export class AppModule {}
`,
      'apps/api/src/app.config.ts': `import { registerAs } from '@nestjs/config';
export default registerAs('app', () => ({ prefix: process.env.API_PREFIX || 'v9' }));
`,
      'apps/api/src/books.ts': `import { Controller } from '@nestjs/common';
import { Crud } from '@lib/crud';
import { ApiGet } from '@lib/decorators';
enum Paths { Search = 'search/:kind' }
enum Kind { A = 'a', B = 'b' }
@Controller('books')
export class BooksController extends Crud {
  @ApiGet(Paths.Search) search(@Param('kind') kind: Kind) {}
  override remove() {}
}
import { Param } from '@nestjs/common';
`,
      'libs/crud/src/index.ts': `import { Delete, Get } from '@nestjs/common';
export abstract class Crud {
  @Get(':id') find() {}
  @Delete(':id') remove() {}
}
`,
      'libs/decorators/src/index.ts': `import { applyDecorators, Get, UseGuards } from '@nestjs/common';
export const ApiGet = (path: string) => applyDecorators(UseGuards(), Get(path));
`,
      'tsconfig.base.json': `{ "compilerOptions": { "baseUrl": ".", "paths": { "@lib/*": ["libs/*/src"] } } }`,
      'tsconfig.json': `{ "extends": "./tsconfig.base.json" }`,
    },
    routes: [
      'GET /v9/books/{id} libs/crud/src/index.ts:3 Crud.find',
      'GET /v9/books/search/{kind} apps/api/src/books.ts:8 BooksController.search',
    ],
    notes: [
      'process.env.API_PREFIX decides a part of the path when the program runs; "v9" is its default in the code.',
    ],
    parameters: ['kind:enum', 'id:string'],
  },
  {
    says: 'a controller that no module lists, with a sentence',
    files: {
      'lost.ts': `import { Controller, Get } from '@nestjs/common';\n@Controller('lost')\nexport class LostController {\n  @Get('x') x() {}\n}\n`,
    },
    routes: ['GET /lost/x lost.ts:4 LostController.x'],
    notes: ['No place was found where this router is mounted; a prefix may be missing.'],
  },
]);
