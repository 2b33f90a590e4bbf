// Which document an address below its list is about: '/sales/order/import' is about sales.order, whoever drew its page.
import { useLocation } from '@tanstack/react-router'

/** The name of the document in the address of the screen, 'sales.order'. */
export const useAddressed = (): string =>
  useLocation({ select: ({ pathname }) => pathname.split('/').slice(1, 3).map(decodeURIComponent).join('.') })
