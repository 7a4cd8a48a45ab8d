import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import type { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { type ImportCheckpoint, ImportCheckpointRepository } from './import-checkpoint.repository.js';

type Row = ImportCheckpoint & { readonly id: string };

@Injectable()
export class InMemoryImportCheckpointRepository implements ImportCheckpointRepository {
  private readonly imports: InMemoryTable<Row>;

  constructor(private readonly database: InMemoryDatabase) {
    this.imports = database.table<Row>('user_imports');
  }

  open(name: string): Promise<ImportCheckpoint> {
    return this.database.execute(() => {
      const known = this.imports.get(name);
      const { id: _id, ...checkpoint } =
        known ?? this.imports.insert({ id: name, name, line: 0, created: 0, skipped: 0, failed: 0 });
      return checkpoint;
    });
  }

  advance(from: ImportCheckpoint, to: ImportCheckpoint): Promise<boolean> {
    return this.database.execute(() => {
      if (this.imports.get(from.name)?.line !== from.line) return false;
      this.imports.update(from.name, to);
      return true;
    });
  }
}
