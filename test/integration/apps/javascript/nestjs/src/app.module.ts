import { Module } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { AdminModule, ReportsModule } from './admin.module';
import { CatsModule } from './cats.module';
import { HealthController } from './health.controller';

@Module({
  imports: [
    CatsModule.forRoot(),
    AdminModule,
    RouterModule.register([
      { path: 'admin', module: AdminModule, children: [{ path: '/reports', module: ReportsModule }] },
    ]),
  ],
  controllers: [HealthController],
})
export class AppModule {}
