import { describe } from 'node:test';
import { isMissing, itAgrees } from '../support/ownTables';

/** How FastRoute and Symfony write parameters, turned into the template of a route. */
function templateOf(rule: string): string {
  return rule
    .replace(/\{(\w+):\.[+*]\}/g, '{$1*}')
    .replace(/\{(\w+):[^{}]*\}/g, '{$1}')
    .replace(/[[\]]/g, '');
}

const skip = isMissing(
  'php',
  ['-r', "require 'Slim/autoload.php'; require '/usr/share/php/Symfony/Component/Routing/autoload.php';"],
  ['PHP, Slim and the routing component of Symfony', 'apt-get install php-cli php-slim php-symfony-routing'],
);

describe('routes found in PHP source', { skip }, () => {
  itAgrees({ app: 'slim', framework: 'slim', program: 'php', table: 'table.php', templateOf });
  itAgrees({
    app: 'symfony',
    framework: 'symfony',
    program: 'php',
    table: 'table.php',
    // The table has the pattern of `page` apart from its path.
    templateOf: (rule) => rule.replace('{page}', '{page*}'),
  });
});
