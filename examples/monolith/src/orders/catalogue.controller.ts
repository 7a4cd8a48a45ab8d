import { Controller, Get } from '@nestjs/common';

/** A controller of the host that needs nobody to sign in: nothing of it changes. */
@Controller('api/catalogue')
export class CatalogueController {
  @Get()
  list(): { item: string; price: number }[] {
    return [
      { item: 'lamp', price: 40 },
      { item: 'table', price: 120 },
    ];
  }
}
