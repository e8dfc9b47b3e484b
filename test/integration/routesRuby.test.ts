import { describe } from 'node:test';
import { isMissing, itAgrees } from '../support/ownTables';

/** How Ruby's frameworks write parameters, turned into the template of a route. */
function templateOf(rule: string): string {
  const plain = rule.replace(/\{\+splat\}/g, '{splat*}').replace(/\(\.:format\)|[()?]/g, '');
  return plain.replace(/\*(\w+)/g, '{$1*}').replace(/:(\w+)/g, '{$1}');
}

const skip = isMissing(
  'ruby',
  ['-e', '%w[rails sinatra/base sinatra/namespace grape].each { |name| require name }'],
  [
    'ruby, rails (railties), sinatra with its contrib and grape',
    'apt-get install ruby ruby-railties ruby-sinatra ruby-sinatra-contrib ruby-grape',
  ],
);

describe('routes found in Ruby source', { skip }, () => {
  // The rest of `rails` are pages that Rails itself serves while developing.
  itAgrees({ app: 'rails', framework: 'rails', program: 'ruby', table: 'table.rb', templateOf });
  itAgrees({ app: 'sinatra', framework: 'sinatra', program: 'ruby', table: 'table.rb', templateOf });
  itAgrees({ app: 'grape', framework: 'grape', program: 'ruby', table: 'table.rb', templateOf });
});
