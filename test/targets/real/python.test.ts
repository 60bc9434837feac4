// What is printed for Python's frameworks, in applications that ask for a login first and set headers of their own.
import { describeWith } from '../../support/component.ts'
import { provesAll } from './proofs.ts'
import { NEEDS, openPython } from './python-farm.ts'

describeWith(NEEDS.flask, 'what is printed for Flask, in the real one', () => {
  provesAll('flask', openPython('flask'))
})

describeWith(NEEDS.django, 'what is printed for Django, in the real one', () => {
  provesAll('django', openPython('django'))
})

describeWith(NEEDS.drf, 'what is printed for Django, in Django REST framework', () => {
  provesAll('django', openPython('drf'))
})

describeWith(NEEDS.fastapi, 'what is printed for FastAPI, in the real one', () => {
  provesAll('fastapi', openPython('fastapi'))
})
