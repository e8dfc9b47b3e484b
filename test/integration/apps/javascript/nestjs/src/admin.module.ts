import { Controller, Get, Module, Patch } from '@nestjs/common';

@Controller()
export class AdminController {
  @Get('users')
  users() {
    return [];
  }

  @Patch('users/:id')
  change() {
    return {};
  }
}

@Controller({ path: 'monthly', version: '7' })
export class ReportsController {
  @Get()
  all() {
    return [];
  }
}

@Module({ controllers: [ReportsController] })
export class ReportsModule {}

@Module({ imports: [ReportsModule], controllers: [AdminController] })
export class AdminModule {}
