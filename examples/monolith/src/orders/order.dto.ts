import { IsInt, IsString, Length, Max, Min } from 'class-validator';

export class PlaceOrder {
  @IsString()
  @Length(1, 100)
  item!: string;

  @IsInt()
  @Min(1)
  @Max(100)
  quantity!: number;
}
