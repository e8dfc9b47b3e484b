import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { PARSER, scan } from './scan';

/** A file of one language, and the text of a handler's body in it. */
const FILES: Readonly<Record<string, { readonly text: string; readonly body: string }>> = {
  'src/ShopController.java': {
    text: 'package shop;\nimport org.springframework.web.bind.annotation.*;\n@RestController\n@RequestMapping("/shop")\nclass ShopController {\n  @GetMapping("/{id}")\n  String one(@PathVariable int id) {\n    return "one";\n  }\n}\n',
    body: 'return "one";',
  },
  'ShopController.cs': {
    text: 'using Microsoft.AspNetCore.Mvc;\n[ApiController]\n[Route("shop")]\npublic class ShopController : ControllerBase {\n  [HttpGet("{id}")]\n  public string One(int id) {\n    return "one";\n  }\n}\n',
    body: 'return "one";',
  },
  'app.rb': {
    text: "require 'sinatra/base'\nclass Shop < Sinatra::Base\n  get '/shop/:id' do\n    'one'\n  end\nend\n",
    body: "'one'",
  },
  'src/main.rs': {
    text: 'use actix_web::{get, App, HttpServer};\n#[get("/shop/{id}")]\nasync fn one() -> String {\n    String::from("one")\n}\nfn main() {\n    HttpServer::new(|| App::new().service(one));\n}\n',
    body: 'String::from("one")',
  },
  'src/ShopController.php': {
    text: "<?php\nnamespace App;\nuse Symfony\\Component\\Routing\\Attribute\\Route;\n#[Route('/shop')]\nclass ShopController {\n  #[Route('/{id}', methods: ['GET'])]\n  public function one() {\n    return 'one';\n  }\n}\n",
    body: "return 'one';",
  },
};

describe('edits that only move lines', () => {
  for (const [file, { text, body }] of Object.entries(FILES)) {
    it(`give what a new index gives, in ${file}`, async () => {
      const index = new WorkspaceIndex(PARSER);
      assert.equal((await index.update([{ file, text }])).endpoints.length, 1);
      for (const edited of [text.replace(body, `\n\n    ${body}`), text.replace(body, body.replace('one', 'two'))]) {
        const { endpoints } = await index.update([{ file, text: edited }]);
        assert.deepEqual(endpoints, (await scan({ [file]: edited })).endpoints);
      }
    });
  }
});
