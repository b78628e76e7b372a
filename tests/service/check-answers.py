#!/usr/bin/env python3
"""Holds answers of the real service against their schemas.

check-answers.py SOURCE_ROOT ANSWERS: a line of JSON for each answer, with method, path, status and body. Our own
answers are held against data/openapi, those of UCP against its published schemas where they lie beside the project.
"""
import json
import pathlib
import re
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

UCP = 'https://ucp.dev/schemas/'
SHOPPING = UCP + 'shopping/'
ERROR = {'$ref': SHOPPING + 'types/error_response.json'}
UCP_ANSWERS = [
    (r'GET /stores/[^/]+/\.well-known/ucp', {'$ref': 'https://ucp.dev/discovery/profile.json#/$defs/business_profile'}),
    (r'GET /travellers/[^/]+/\.well-known/ucp', {'$ref': 'https://ucp.dev/discovery/profile.json#/$defs/base'}),
    (r'(GET|PUT|POST) /stores/[^/]+/checkout-sessions.*',
     {'anyOf': [{'$ref': SHOPPING + 'fulfillment.json#/$defs/dev.ucp.shopping.checkout'}, ERROR]}),
    (r'GET /stores/[^/]+/orders/.*', {'anyOf': [{'$ref': SHOPPING + 'order.json'}, ERROR]}),
    (r'POST /(v1|stores/[^/]+)/catalog/search', {'$ref': SHOPPING + 'catalog_search.json#/$defs/search_response'}),
    (r'POST /(v1|stores/[^/]+)/catalog/lookup', {'$ref': SHOPPING + 'catalog_lookup.json#/$defs/lookup_response'}),
    (r'POST /(v1|stores/[^/]+)/catalog/product',
     {'anyOf': [{'$ref': SHOPPING + 'catalog_lookup.json#/$defs/get_product_response'}, ERROR]}),
]


def load_ucp(root):
    resources = []
    for path in root.rglob('*.json'):
        schema = json.loads(path.read_text(encoding='utf-8'))
        # The profile refers to its neighbours by where they lie, not by what it calls itself.
        if path.parts[-2:] == ('discovery', 'profile_schema.json'):
            schema['$id'] = 'https://ucp.dev/discovery/profile.json'
        if '$id' in schema:
            resources.append((schema['$id'], Resource.from_contents(schema, default_specification=DRAFT202012)))
    return Registry().with_resources(resources)


def load_own(folder):
    """[(method, path pattern, responses, document)]"""
    operations = []
    for file in sorted(folder.glob('*.json')):
        document = json.loads(file.read_text(encoding='utf-8'))
        for template, item in document.get('paths', {}).items():
            pattern = re.sub(r'\\\{[^}]*\\\}', '[^/]+', re.escape(template))
            for method in ('get', 'put', 'post', 'delete'):
                if method in item:
                    operations.append((method.upper(), re.compile(pattern), item[method]['responses'], document))
    return operations


def own_schema(operations, method, path, status):
    for wanted, pattern, responses, document in operations:
        if wanted == method and pattern.fullmatch(path):
            response = responses.get(str(status), responses['default'])
            for content in response.get('content', {}).values():
                return {**content['schema'], 'components': document['components']}
            return {}
    return None


def complain(answer, error):
    where = '/'.join(str(step) for step in error.absolute_path)
    print(f"{answer['method']} {answer['path']} {answer['status']}: {where}: {error.message[:300]}")
    for cause in error.context or []:
        print(f"    {'/'.join(str(step) for step in cause.absolute_path)}: {cause.message[:200]}")


def main():
    root, answers = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    ucp_root = root.parent / 'shared' / 'ucp' / '2026-04-08'
    registry = load_ucp(ucp_root) if ucp_root.is_dir() else None
    operations = load_own(root / 'data' / 'openapi')
    checked = {'ucp': 0, 'own': 0}
    wrong = 0
    for line in answers.read_text(encoding='utf-8').splitlines():
        answer = json.loads(line)
        path = answer['path'].split('?')[0]
        schemas = []
        own = own_schema(operations, answer['method'], path, answer['status'])
        if own is not None:
            schemas.append(('own', Draft202012Validator(own)))
        of_ucp = [schema for pattern, schema in UCP_ANSWERS if re.fullmatch(pattern, f"{answer['method']} {path}")]
        if registry is not None and answer['status'] < 400:
            schemas += [('ucp', Draft202012Validator(schema, registry=registry)) for schema in of_ucp]
        # Where the schemas of UCP do not lie beside the sources, its answers are not looked at.
        if not schemas and not of_ucp and answer['status'] < 400:
            print(f"{answer['method']} {path} is described nowhere")
            wrong += 1
        for kind, validator in schemas:
            checked[kind] += 1
            for error in validator.iter_errors(answer['body']):
                complain(answer, error)
                wrong += 1
    print(f"{checked['own']} answers of ours and {checked['ucp']} of UCP checked, {wrong} wrong")
    sys.exit(1 if wrong or checked['own'] == 0 else 0)


main()
